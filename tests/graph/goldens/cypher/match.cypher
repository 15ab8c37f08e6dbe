CALL () {
MATCH (n:Field) USING INDEX n:Field(folded, id)
WHERE n.folded = $p1 AND n.id > $p5
WITH n, n.name AS text ORDER BY n.folded, n.id LIMIT $p4
RETURN [0, 0, n.id, n.resource, text] AS hit
UNION ALL
MATCH (n:Resource) USING INDEX n:Resource(folded, id)
WHERE n.folded = $p1 AND n.id > $p6
WITH n, n.name AS text ORDER BY n.folded, n.id LIMIT $p4
RETURN [0, 1, n.id, n.id, text] AS hit
UNION ALL
MATCH (:Text {id: $p2})<-[e:NAMED]-(n:Field)
WHERE n.id > $p7 AND e.how = 'ALIAS' AND n.folded <> $p1
WITH n, e.how AS how, e.text AS text ORDER BY how DESC, text
WITH n, head(collect(text)) AS text ORDER BY n.id LIMIT $p4
RETURN [1, 0, n.id, n.resource, text] AS hit
UNION ALL
MATCH (:Text {id: $p2})<-[e:NAMED]-(n:Resource)
WHERE n.id > $p8 AND e.how = 'ALIAS' AND n.folded <> $p1
WITH n, e.how AS how, e.text AS text ORDER BY how DESC, text
WITH n, head(collect(text)) AS text ORDER BY n.id LIMIT $p4
RETURN [1, 1, n.id, n.id, text] AS hit
UNION ALL
MATCH (x:Text {id: $p2})<-[e:NAMED]-(d:DataElement)<-[:MEANS]-(n:Field)
WHERE n.id > $p9 AND NOT EXISTS { (n)-[:NAMED]->(x) }
WITH n, e.how AS how, e.text AS text ORDER BY how DESC, text
WITH n, head(collect(text)) AS text ORDER BY n.id LIMIT $p4
RETURN [2, 0, n.id, n.resource, text] AS hit }
WITH collect(hit) AS better
CALL (better) {
UNWIND CASE WHEN size(better) < $p4 THEN [1] ELSE [] END AS go
CALL db.index.fulltext.queryNodes('texts', $p3) YIELD node AS x
WITH x
WHERE x:Name AND x.folded CONTAINS $p0 AND x.folded <> $p0
MATCH (x)<-[:NAMED]-(n:Field|Resource)
WITH DISTINCT x, n, CASE WHEN n:Field THEN 0 ELSE 1 END AS rank
WHERE (NOT EXISTS {
MATCH (n)-[:NAMED]->(b:Name)
WHERE b.folded CONTAINS $p0 AND (b.length < x.length OR (b.length = x.length AND b.folded < x.folded)) }) AND NOT EXISTS {
MATCH (n)-[:MEANS]->(:DataElement)-[:NAMED]->(:Text {id: $p2}) }
WITH x, n, rank ORDER BY x.length, x.folded, rank, n.id LIMIT $p4
WITH [x.length, x.folded, rank, n.id, CASE rank WHEN 0 THEN n.resource ELSE n.id END, head(COLLECT {
MATCH (n)-[e:NAMED]->(x)
RETURN e.text ORDER BY e.how DESC, e.text })] AS hit
RETURN collect(hit) AS others }
RETURN better, others
