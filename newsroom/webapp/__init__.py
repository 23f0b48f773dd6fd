"""The paper on the reader's device: what makes it installable, and readable without a connection.

A manifest, a service worker (templates/webapp/worker.js) and the page that lists what it keeps.
All of it stays on the device: nothing is told to the paper, and to nobody else.
"""
