-- A page of the targets that match a search, in the requested order, and their number. Reads the state of every target
-- once; what lies behind a cursor is taken as last measured.
WITH wanted AS (
    SELECT CAST(? AS text) AS tenant, lower(CAST(? AS text)) AS search, CAST(? AS text) AS status, CAST(? AS text) AS ordered_by,
           CASE WHEN CAST(? AS boolean) THEN -1 ELSE 1 END AS direction
),
paused AS (
    SELECT tenant, target, changed_at FROM tideline.paused_target
),
parked AS (SELECT tenant, target, count(*) AS rows FROM tideline.parked WHERE NOT discarded GROUP BY tenant, target),
reported AS (
    SELECT s.tenant, s.target, bool_or(s.error IS NOT NULL) AS failing, bool_or(s.copied_rows > 0) AS copying,
           min(s.error_since) AS failing_since, string_agg(s.error, ' ') AS error, min(s.address) AS address,
           min(s.updated_at) AS updated_at, sum(b.entries) AS backlog, min(b.behind_since) AS behind_since
      FROM tideline.target_state s
      LEFT JOIN tideline.backlog b ON b.tenant = s.tenant AND b.target = s.target AND b.mapping_name = s.mapping_name
     GROUP BY s.tenant, s.target
),
known AS (
    SELECT tenant, target,
           CASE WHEN p.tenant IS NOT NULL THEN 'paused' WHEN r.failing THEN 'error' WHEN r.copying THEN 'copying' ELSE 'ok' END AS status,
           coalesce(p.changed_at, r.failing_since) AS since, r.error, r.address, r.updated_at, coalesce(r.backlog, 0) AS backlog,
           r.behind_since, coalesce(k.rows, 0) AS parked
      FROM reported r
      FULL JOIN paused p USING (tenant, target)
      LEFT JOIN parked k USING (tenant, target)
)
SELECT k.tenant, k.target, count(*) OVER () AS found
  FROM known k, wanted w
 WHERE (w.tenant IS NULL OR k.tenant = w.tenant)
   AND (w.status IS NULL OR k.status = w.status)
   AND (w.search IS NULL OR strpos(lower(concat_ws(' ', k.tenant || '/' || k.target, k.address, k.error)), w.search) > 0)
 ORDER BY w.direction * CASE w.ordered_by
              WHEN 'status' THEN CASE k.status WHEN 'error' THEN 1 WHEN 'paused' THEN 2 WHEN 'copying' THEN 3 ELSE 4 END
              WHEN 'backlog' THEN k.backlog
              WHEN 'lag' THEN coalesce(extract(epoch FROM clock_timestamp() - k.behind_since), 0)
              WHEN 'parked' THEN k.parked
              WHEN 'checked' THEN extract(epoch FROM k.updated_at)
          END,
       CASE WHEN w.ordered_by = 'status' THEN k.since END,
       CASE WHEN w.direction > 0 THEN k.tenant END, CASE WHEN w.direction > 0 THEN k.target END,
       k.tenant DESC, k.target DESC
 LIMIT ? OFFSET ?
