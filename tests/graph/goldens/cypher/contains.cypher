CALL () {
CALL db.index.fulltext.queryNodes('texts', $p0) YIELD node AS x
WITH x
WHERE x.folded CONTAINS $p1
MATCH (x)<-[:NAMED|ALIAS]-(n:Resource)
WITH DISTINCT n
WHERE n.id > ''
WITH n ORDER BY n.id LIMIT $p2
RETURN collect([n.id, n.name, n.long]) AS rows }
CALL () {
CALL db.index.fulltext.queryNodes('texts', $p3) YIELD node AS x
WITH x
WHERE x.folded CONTAINS $p4
MATCH (x)<-[:NAMED|ALIAS]-(n:Resource)
WITH DISTINCT n
RETURN count(n) AS total }
RETURN rows, total
