package io.planeproxy.server.nginx;

/** Directives that concern nginx itself, its logs, its buffers and its files: nothing of theirs is seen by clients or by Plane. */
final class WithoutEffect {
    private WithoutEffect() {}

    static void addTo(Rules rules) {
        rules.notNeeded("the lines in it are judged by themselves", "http", "events")
                .notNeeded("the service has a user of its own; its unit of systemd names it", "user")
                .notNeeded(
                        "one event loop for each processor: event-loops",
                        "worker_processes",
                        "worker_cpu_affinity",
                        "worker_priority",
                        "thread_pool")
                .notNeeded(
                        "taken from the machine's limit on open files: limits.connections",
                        "worker_connections",
                        "worker_rlimit_nofile",
                        "worker_rlimit_core")
                .notNeeded("what a module brings is judged where it is used", "load_module")
                .notNeeded(
                        "a matter of nginx's own process",
                        "pid",
                        "daemon",
                        "master_process",
                        "lock_file",
                        "pcre_jit",
                        "env",
                        "timer_resolution",
                        "working_directory",
                        "worker_aio_requests",
                        "worker_shutdown_timeout",
                        "ssl_engine",
                        "debug_points",
                        "variables_hash_max_size",
                        "variables_hash_bucket_size",
                        "map_hash_max_size",
                        "map_hash_bucket_size",
                        "server_names_hash_max_size",
                        "server_names_hash_bucket_size",
                        "proxy_headers_hash_max_size",
                        "proxy_headers_hash_bucket_size",
                        "types_hash_max_size",
                        "types_hash_bucket_size",
                        "request_pool_size",
                        "connection_pool_size",
                        "uninitialized_variable_warn",
                        "recursive_error_pages",
                        "subrequest_output_buffer_size")
                .notNeeded(
                        "written, one of exchanges and one of the program; conf/logback.xml says where, access-log.format how, and off for none",
                        "access_log",
                        "error_log",
                        "log_format",
                        "log_not_found",
                        "log_subrequest",
                        "open_log_file_cache",
                        "rewrite_log");
        buffers(rules);
        files(rules);
        network(rules);
    }

    private static void buffers(Rules rules) {
        rules.notNeeded(
                "bodies and replies stream through as they come, and nothing of them is kept in memory or on disk",
                "proxy_buffering",
                "proxy_request_buffering",
                "proxy_buffers",
                "proxy_buffer_size",
                "proxy_busy_buffers_size",
                "proxy_max_temp_file_size",
                "proxy_temp_file_write_size",
                "proxy_temp_path",
                "client_body_buffer_size",
                "client_body_temp_path",
                "client_body_in_single_buffer",
                "client_header_buffer_size",
                "output_buffers",
                "postpone_output",
                "ssl_buffer_size");
    }

    private static void files(Rules rules) {
        rules.notNeeded(
                "about files, and this proxy serves none; a location that does is told of where it begins",
                "root",
                "index",
                "alias",
                "autoindex",
                "autoindex_exact_size",
                "autoindex_localtime",
                "autoindex_format",
                "etag",
                "if_modified_since",
                "sendfile",
                "sendfile_max_chunk",
                "tcp_nopush",
                "directio",
                "aio",
                "aio_write",
                "read_ahead",
                "open_file_cache",
                "open_file_cache_valid",
                "open_file_cache_min_uses",
                "open_file_cache_errors",
                "default_type",
                "types",
                "mime",
                "disable_symlinks",
                "max_ranges",
                "gzip_static");
    }

    private static void network(Rules rules) {
        rules.notNeeded("always so", "tcp_nodelay", "proxy_socket_keepalive", "reset_timedout_connection")
                .notNeeded("names are looked up by the system, and again for each new connection", "resolver")
                .notNeeded("names are looked up by the system", "resolver_timeout")
                .notNeeded(
                        "a client that must be refused is heard out for a moment, so that it sees why",
                        "lingering_close",
                        "lingering_time",
                        "lingering_timeout")
                .notNeeded("no version is told", "server_tokens")
                .notNeeded(
                        "redirects go to the host and port that the client asked for",
                        "port_in_redirect",
                        "absolute_redirect",
                        "server_name_in_redirect")
                .notNeeded(
                        "browsers come by HTTP/1.1 as well; the answers are the same",
                        "http2",
                        "http2_push",
                        "http2_push_preload",
                        "http2_max_concurrent_streams",
                        "http2_max_field_size",
                        "http2_max_header_size",
                        "http2_max_requests",
                        "http2_idle_timeout",
                        "http2_recv_timeout",
                        "http2_body_preread_size",
                        "http2_chunk_size",
                        "http2_recv_buffer_size",
                        "http3",
                        "http3_hq",
                        "http3_max_concurrent_streams",
                        "http3_stream_buffer_size",
                        "quic_retry",
                        "quic_gso",
                        "quic_host_key",
                        "quic_active_connection_id_limit",
                        "quic_bpf",
                        "ssl_early_data");
    }
}
