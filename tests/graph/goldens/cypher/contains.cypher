CALL () {
CALL db.index.fulltext.queryNodes('texts', $p0) YIELD node AS x
MATCH (x)<-[:NAMED|ALIAS]-(n:Resource)
WITH DISTINCT n
WHERE n.id > '' AND EXISTS {
MATCH (n)-[:NAMED|ALIAS]->(x_p1:Text)
WHERE x_p1.folded CONTAINS $p1 }
WITH n ORDER BY n.id LIMIT $p2
RETURN collect([n.id, n.name, n.long]) AS rows }
CALL () {
MATCH (c:Resource)
WHERE EXISTS {
MATCH (c)-[:NAMED|ALIAS]->(x_p2:Text)
WHERE x_p2.folded CONTAINS $p3 }
RETURN count(c) AS total }
RETURN rows, total
