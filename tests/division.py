"""How the suite is divided: what is tried on which database, and what `make quick` leaves out.

Files, folders and single tests, as pytest is told of them. `make test` tries everything on SQLite
but what stands in SERVER, and what stands in SERVER or BOTH on PostgreSQL with Redis. A drill tries
everything on both.
"""

# Journeys in a browser; one that is open keeps Django from its database in the same process.
JOURNEYS = ("tests/e2e", "tests/accounts/test_axe.py")
# What a database, its locks or Redis has a say in.
BOTH = (
    "tests/accounts/test_log_in.py", "tests/addresses/test_sheet.py",
    "tests/addresses/test_storm.py", "tests/articles/test_admin_list.py",
    "tests/articles/test_archive.py", "tests/articles/test_at_once.py",
    "tests/articles/test_desk_page.py", "tests/articles/test_history.py",
    "tests/articles/test_list_changes.py", "tests/articles/test_lists.py",
    "tests/articles/test_newer_and_older.py", "tests/articles/test_pruning.py",
    "tests/articles/test_publishing.py", "tests/articles/test_related.py",
    "tests/articles/test_schedule.py", "tests/articles/test_search_desk.py",
    "tests/articles/test_search_extracts.py", "tests/articles/test_search_finding.py",
    "tests/articles/test_search_hostile.py", "tests/articles/test_search_index.py",
    "tests/articles/test_search_page.py", "tests/articles/test_seed_archive.py",
    "tests/articles/test_sitemaps.py", "tests/articles/test_topic_merging.py",
    "tests/articles/test_topic_races.py", "tests/articles/test_topic_twins.py",
    "tests/articles/test_topics.py", "tests/articles/test_two_editors.py",
    "tests/breaking/test_races.py", "tests/cache/test_cdn.py", "tests/cache/test_front.py",
    "tests/cache/test_generations.py", "tests/cache/test_log.py", "tests/cache/test_parts.py",
    "tests/cache/test_without_database.py",
    "tests/exchange/test_again.py", "tests/fronts/test_races.py",
    "tests/fronts/test_recording.py", "tests/fronts/test_scheduled.py",
    "tests/fronts/test_standings.py",
    "tests/house/test_budgets.py::test_a_page_keeps_its_query_budget_with_every_cache_empty_and_"
    "with_the_stored_chrome",
    "tests/house/test_indexes.py", "tests/house/test_rolling_deploys.py",
    "tests/lib/test_ratelimit.py",
    "tests/live/test_open_page.py", "tests/live/test_posting.py",
    "tests/management/test_backup.py", "tests/management/test_database_down.py",
    "tests/management/test_kills.py", "tests/management/test_restore.py",
    "tests/management/test_tick.py", "tests/media/test_files_and_rows.py",
    "tests/newsletter/test_consent.py", "tests/newsletter/test_races.py",
    "tests/newsletter/test_same_answer.py", "tests/newsletter/test_spool.py",
    "tests/outgoing/test_holding.py", "tests/popularity/test_counting.py",
    "tests/popularity/test_flushing.py", "tests/popularity/test_keeping.py",
    "tests/popularity/test_lists.py", "tests/reports/test_queue.py",
)  # fmt: skip
# Processes and machines that share a database server.
SERVER = (
    "tests/management/test_dead_worker.py", "tests/management/test_pool.py",
    "tests/management/test_proof.py", "tests/management/test_two_machines.py",
    "tests/popularity/test_processes.py",
)  # fmt: skip
# Seconds a test: sites started and killed, imports cut short, every address for every role.
SLOW = (
    "tests/cache/test_nginx.py", "tests/cache/test_varnish.py",
    "tests/management/", "tests/exchange/", "tests/media/", "tests/house/test_admin_addresses.py",
    "tests/house/test_budgets.py", "tests/house/test_demo.py", "tests/house/test_every_address.py",
    "tests/house/test_feeds.py", "tests/house/test_freshness.py",
    "tests/house/test_hebrew_paper.py", "tests/house/test_indexes.py",
    "tests/house/test_hostile_text.py", "tests/house/test_rights.py",
    "tests/house/test_structured_data.py", "tests/articles/test_autosave.py",
    "tests/articles/test_share_cards.py",
    "tests/articles/test_archive.py", "tests/articles/test_history.py",
    "tests/articles/test_lists.py", "tests/articles/test_sitemaps.py",
    "tests/articles/test_merging.py", "tests/articles/test_newer_and_older.py",
    "tests/articles/test_related.py", "tests/articles/test_search_hostile.py",
    "tests/articles/test_topic_merging.py", "tests/articles/test_topic_races.py",
    "tests/articles/test_topic_twins.py", "tests/articles/test_two_editors.py",
    "tests/articles/feeds/test_text.py", "tests/articles/feeds/test_websub.py",
    "tests/articles/feeds/test_asking_again.py", "tests/articles/feeds/test_hostile.py",
    "tests/fronts/arrange/", "tests/fronts/test_fronts.py", "tests/fronts/test_filling.py",
    "tests/fronts/test_time_machine.py", "tests/lite/test_parity.py", "tests/lite/test_weight.py",
    "tests/live/test_posting_desk.py", "tests/live/test_reader_page.py",
    "tests/popularity/test_excluding.py",
    "tests/accounts/test_log_in.py", "tests/pages/test_contact.py", "tests/reports/test_demo.py",
)  # fmt: skip
