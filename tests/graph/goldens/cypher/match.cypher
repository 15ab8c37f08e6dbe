CALL () {
MATCH (n:Field) USING INDEX n:Field(folded, id)
WHERE n.folded = $p1 AND n.id > $p5
WITH n, CASE WHEN n.long IS NULL THEN n.name ELSE head(COLLECT {
MATCH (n)-[e:NAMED]->()
RETURN e.text }) END AS text ORDER BY n.folded, n.id LIMIT $p4
RETURN [0, 0, n.id, n.resource, text] AS hit
UNION ALL
MATCH (n:Resource) USING INDEX n:Resource(folded, id)
WHERE n.folded = $p1 AND n.id > $p6
WITH n, CASE WHEN n.long IS NULL THEN n.name ELSE head(COLLECT {
MATCH (n)-[e:NAMED]->()
RETURN e.text }) END AS text ORDER BY n.folded, n.id LIMIT $p4
RETURN [0, 1, n.id, n.id, text] AS hit
UNION ALL
MATCH (:Text {id: $p2})<-[e:ALIAS]-(n:Field)
WHERE n.id > $p7 AND n.folded <> $p1
WITH n, e.how AS how, e.text AS text ORDER BY how DESC, text
WITH n, head(collect(text)) AS text ORDER BY n.id LIMIT $p4
RETURN [1, 0, n.id, n.resource, text] AS hit
UNION ALL
MATCH (:Text {id: $p2})<-[e:ALIAS]-(n:Resource)
WHERE n.id > $p8 AND n.folded <> $p1
WITH n, e.how AS how, e.text AS text ORDER BY how DESC, text
WITH n, head(collect(text)) AS text ORDER BY n.id LIMIT $p4
RETURN [1, 1, n.id, n.id, text] AS hit
UNION ALL
CALL () {
MATCH (d:DataElement) USING INDEX d:DataElement(folded, id)
WHERE d.folded = $p1 AND d.id > ''
RETURN d, {how: 'EXACT', text: CASE WHEN d.long IS NULL THEN d.name ELSE head(COLLECT {
MATCH (d)-[e:NAMED]->()
RETURN e.text }) END} AS e
UNION ALL
MATCH (:Text {id: $p2})<-[a:ALIAS]-(d:DataElement)
RETURN d, {how: 'ALIAS', text: a.text} AS e }
MATCH (d)<-[:MEANS]-(n:Field)
WHERE n.id > $p9 AND n.folded <> $p1 AND NOT EXISTS { (n)-[:ALIAS]->(:Text {id: $p2}) }
WITH n, e.how AS how, e.text AS text ORDER BY how DESC, text
WITH n, head(collect(text)) AS text ORDER BY n.id LIMIT $p4
RETURN [2, 0, n.id, n.resource, text] AS hit }
WITH collect(hit) AS better
CALL (better) {
UNWIND CASE WHEN size(better) < $p4 THEN [1] ELSE [] END AS go
CALL db.index.fulltext.queryNodes('texts', $p3) YIELD node AS x
WITH x
WHERE x:Name AND x.folded CONTAINS $p0 AND x.folded <> $p0
WITH x, x.length AS length, x.folded AS folded ORDER BY length, folded
MATCH (x)<-[:NAMED|ALIAS]-(n:Field|Resource)
WITH DISTINCT length, folded, x, n, CASE WHEN n:Field THEN 0 ELSE 1 END AS rank
WHERE (NOT EXISTS {
MATCH (n)-[:NAMED|ALIAS]->(b:Name)
WHERE b.folded CONTAINS $p0 AND (b.length < x.length OR (b.length = x.length AND b.folded < x.folded)) }) AND NOT EXISTS {
MATCH (n)-[:MEANS]->(:DataElement)-[:NAMED|ALIAS]->(:Text {id: $p2}) }
WITH length, folded, x, n, rank ORDER BY length, folded, rank, n.id LIMIT $p4
WITH [length, folded, rank, n.id, CASE rank WHEN 0 THEN n.resource ELSE n.id END, head(COLLECT {
MATCH (n)-[e:NAMED|ALIAS]->(x)
RETURN e.text ORDER BY e.how DESC, e.text })] AS hit
RETURN collect(hit) AS others }
RETURN better, others
