CALL db.index.fulltext.queryNodes('texts', $p3) YIELD node AS x
WITH x
WHERE x.folded CONTAINS $p0
MATCH (x)<-[e:NAMED|ALIAS|SAYS]-(n:Resource|Field)
WHERE e.rank IS NOT NULL AND (n.jurisdiction_code = $p2 OR n.jurisdiction_name = $p2 OR EXISTS {
MATCH (n)-[:PART_OF|IN_REGULATION|FOR]->(o)
WHERE o.jurisdiction_code = $p2 OR o.jurisdiction_name = $p2 } OR EXISTS {
MATCH (n)<-[:HAS_FIELD]-(o)
WHERE o.jurisdiction_code = $p2 OR o.jurisdiction_name = $p2 })
WITH n, min([CASE WHEN x.folded = $p0 THEN 0 WHEN x.folded STARTS
WITH $p0 THEN 1 WHEN e.rank = 0 THEN 2 ELSE 3 END, x.length, e.rank, e.text]) AS best
WHERE best[0] > $p4 OR (best[0] = $p4 AND (best[1] > $p5 OR (best[1] = $p5 AND n.id > $p6)))
WITH n, best ORDER BY best[0], best[1], n.id LIMIT $p1
RETURN collect([best[0], best[1], n.id, best[3]]) AS hits
