COPY pg_temp.tideline_repair ({{columns}}) FROM STDIN
