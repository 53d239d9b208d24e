const proxy = [
    "SITE_HOST",
    "NO_WWW_SITE_HOST",
    "J2ME_SITE_HOST",
    "nginx_combined_cert_value",
    "nginx_key_value",
    "nginx_hsts_max_age",
    "nginx_max_worker_connection",
    "nginx_worker_rlimit_nofile",
    "nginx_ssl_protocols",
    "nginx_ssl_ciphers",
    "fake_ssl_cert",
    "letsencrypt_cchq_ssl",
    "primary_ssl_env",
    "trusted_proxies",
    "special_sites",
    "extra_sites",
    "nginx_block_ips",
    "tableau_server",
];

/** Defaults of the roles postgresql_base and pgbouncer, by prefix where they have one. */
const postgresql: Readonly<Record<string, string>> = {
    "": "allow_dump_from_pgstandby disable_archive_cleanup_cron postgres_install_dir",
    pgbouncer_:
        "config_home current_processes default_pool ini kernel_settings log_file max_connections min_version pid_file pool_mode pool_timeout port processes reserve_pool server_idle_timeout server_lifetime socket_dir ulimit_fd users",
    pgstandby_: "wal_keep_segments wal_keep_size",
    postgresql_:
        "apt_key_url apt_repo archive_command archive_path archive_timeout autovacuum_analyze_scale_factor autovacuum_max_workers autovacuum_multixact_freeze_max_age autovacuum_vacuum_scale_factor backup_dir bin_path binary checkpoint_completion_target cluster_name config_home custom_settings data_dir default_statistics_target dir_path effective_cache_size effective_io_concurrency enable_archive hba_entries idle_in_transaction_session_timeout log_directory maintenance_work_mem max_connections max_locks_per_transaction max_parallel_workers_per_gather max_stack_depth max_standby_delay max_wal_size max_worker_processes min_wal_size num_logs_to_keep pid_file port process_path random_page_cost recovery_conf shared_buffers shared_preload_libraries slow_log_threshold ssl_enabled systemd_config_dir user_home vacuum_cost_limit version wal_buffers wal_keep_segments wal_keep_size wal_level work_mem",
};

/**
 * Variables that public.yml may not hold, with the file that they belong in.
 *
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/environment/main.py `_disallowed_public_variables`
 */
export const elsewhere: Readonly<Record<string, string>> = Object.fromEntries([
    ...proxy.map((name): [string, string] => [name, "proxy.yml"]),
    ...Object.entries(postgresql).flatMap(([prefix, names]) =>
        names.split(" ").map((name): [string, string] => [`${prefix}${name}`, "postgresql.yml"]),
    ),
]);
