CALL () {
MATCH (n:Resource)
WHERE n.id > $p0
WITH n ORDER BY n.id LIMIT $p1
RETURN collect([n.id, n.name, n.long]) AS rows }
CALL () {
MATCH (c:Resource)
RETURN count(c) AS total }
RETURN rows, total
