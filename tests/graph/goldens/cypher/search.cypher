CALL () {
CALL db.index.fulltext.queryNodes('texts', $p2) YIELD node AS x
WITH x
WHERE x.folded CONTAINS $p0
MATCH (x)<-[e:NAMED|ALIAS|SAYS]-(n)
WHERE e.rank IS NOT NULL
WITH n, min([CASE WHEN x.folded = $p0 THEN 0 WHEN x.folded STARTS
WITH $p0 THEN 1 WHEN e.rank = 0 THEN 2 ELSE 3 END, x.length, e.rank, e.text]) AS best
WITH n, best ORDER BY best[0], best[1], n.id LIMIT $p1
RETURN collect([best[0], best[1], n.id, best[3]]) AS hits }
CALL () {
CALL db.index.fulltext.queryNodes('texts', $p2) YIELD node AS x
WITH x
WHERE x.folded CONTAINS $p0
MATCH (x)<-[e:NAMED|ALIAS|SAYS]-(n)
WHERE e.rank IS NOT NULL
RETURN count(DISTINCT n) AS total }
RETURN hits, total
