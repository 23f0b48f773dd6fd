# Varnish in front of Newsroom: /etc/varnish/default.vcl. Debian's varnish (7.1) is enough.
# What each part is for: proxy-and-cdn.md.
#
# Put your own in place of: courier.example, 127.0.0.1:8000. Start varnishd with
# `-p http_gzip_support=off`, so that brotli and gzip pass through as the site made them.
# Newsroom needs to know of it:
#   TRUSTED_PROXIES=127.0.0.1
#   VARNISH_URLS=http://127.0.0.1:6081
# Before Varnish stands what speaks https, and sets X-Forwarded-For and X-Forwarded-Proto.

vcl 4.1;

import std;

backend newsroom {
    .host = "127.0.0.1";
    .port = "8000";
    .connect_timeout = 2s;
    .first_byte_timeout = 120s;
    .between_bytes_timeout = 20s;
    # A stored page: it answers without the database too.
    .probe = {
        .request =
            "HEAD / HTTP/1.1"
            "Host: courier.example"
            "X-Forwarded-Proto: https"
            "Connection: close";
        .interval = 1s;
        .timeout = 2s;
        .window = 3;
        .threshold = 2;
        .initial = 2;
    }
}

# The machines that run Newsroom: they alone may purge.
acl newsroom_machines {
    "127.0.0.1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        if (client.ip !~ newsroom_machines) {
            return (synth(403, "Not from here"));
        }
        if (req.http.Surrogate-Key !~ "^[a-z0-9 ]+$") {
            return (synth(400, "No keys"));
        }
        set req.http.Banned = "obj.http.Surrogate-Key ~ (^|[^a-z0-9])("
            + regsuball(req.http.Surrogate-Key, " +", "|") + ")([^a-z0-9]|$)";
        if (req.http.Soft-Purge) {
            # What could still be shown is dropped. What is older is for when the site is away.
            set req.http.Banned = req.http.Banned + " && obj.age < 3s";
        }
        if (std.ban(req.http.Banned)) {
            return (synth(200, "Purged"));
        }
        return (synth(500, std.ban_error()));
    }

    if (req.restarts == 0) {
        unset req.http.Newsroom-Again;
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # The desk, what of a page is somebody's own, and who is logged in.
    if (req.url ~ "^/(admin|accounts|me)/"
        || req.http.Cookie ~ "(^|; *)(__Host-session|sessionid)=") {
        return (pass);
    }
    unset req.http.Cookie;

    # The site makes each page as brotli, gzip and plain. Browsers ask in many ways for these.
    if (req.http.Accept-Encoding ~ "(?i)(^|[ ,])br *($|[,;])(?! *q=0(\.0*)? *($|,))") {
        set req.http.Accept-Encoding = "br";
    } elsif (req.http.Accept-Encoding ~ "(?i)(^|[ ,])gzip *($|[,;])(?! *q=0(\.0*)? *($|,))") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }

    # A page past its second is shown for one second more, while it is fetched. An older one only
    # while the site is away, or has just answered with a 5xx.
    if (std.healthy(req.backend_hint) && req.restarts == 0) {
        set req.grace = 1s;
    } else {
        set req.grace = 1d;
    }
}

sub vcl_backend_response {
    if (bereq.uncacheable) {
        return (deliver);
    }
    if (beresp.status >= 500) {
        # Whatever is delivered takes the place of the stored page. So it is not, until it is
        # certain that there is none.
        if (bereq.is_bgfetch || !bereq.http.Newsroom-Again) {
            return (abandon);
        }
        set beresp.uncacheable = true;
        set beresp.ttl = 0s;
        set beresp.grace = 0s;
        return (deliver);
    }
    # Only what the site says is for everyone is stored.
    if (beresp.http.Set-Cookie
        || beresp.http.Cache-Control ~ "(?i)(private|no-store|no-cache)"
        || beresp.http.Cache-Control !~ "(?i)(public|s-maxage)"
        || beresp.http.Vary !~ "(?i)^(accept-encoding)?$") {
        set beresp.uncacheable = true;
        set beresp.ttl = 2s;
        set beresp.grace = 0s;
        return (deliver);
    }
    # A day, for when the site is away.
    set beresp.grace = 1d;
    return (deliver);
}

sub vcl_backend_error {
    if (!bereq.uncacheable && !bereq.http.Newsroom-Again) {
        return (abandon);
    }
    set beresp.http.Content-Type = "text/plain; charset=utf-8";
    set beresp.http.Retry-After = "30";
    set beresp.http.Cache-Control = "no-store";
    synthetic("The presses are stopped for a moment. Please come back in half a minute." + {"
"});
    return (deliver);
}

sub vcl_synth {
    # The fetch was abandoned: once more, and now an old page will do.
    if (resp.status == 503 && req.restarts == 0) {
        set req.http.Newsroom-Again = "1";
        return (restart);
    }
}

sub vcl_deliver {
    # With a CDN in front that purges by these, remove this line.
    unset resp.http.Surrogate-Key;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
}
