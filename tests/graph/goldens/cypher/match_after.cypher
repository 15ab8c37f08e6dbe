WITH [] AS better
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
MATCH (n)-[:MEANS]->(:DataElement)-[:NAMED|ALIAS]->(:Text {id: $p2}) } AND ((n:Field AND (EXISTS {
MATCH (n)<-[:HAS_FIELD]-(r)
WHERE (r.jurisdiction_code = $p10 OR r.jurisdiction_name = $p10) AND r.regime IN $p11 })) OR (n:Resource AND (n.jurisdiction_code = $p12 OR n.jurisdiction_name = $p12) AND n.regime IN $p13)) AND (x.length > $p14 OR (x.length = $p14 AND (x.folded > $p15 OR (x.folded = $p15 AND (rank > $p16 OR (rank = $p16 AND n.id > $p17))))))
WITH length, folded, x, n, rank ORDER BY length, folded, rank, n.id LIMIT $p4
WITH [length, folded, rank, n.id, CASE rank WHEN 0 THEN n.resource ELSE n.id END, head(COLLECT {
MATCH (n)-[e:NAMED|ALIAS]->(x)
RETURN e.text ORDER BY e.how DESC, e.text })] AS hit
RETURN collect(hit) AS others }
CALL () {
CALL () {
CALL db.index.fulltext.queryNodes('texts', $p3) YIELD node AS x
WITH x
WHERE x:Name AND x.folded CONTAINS $p0
MATCH (x)<-[:NAMED|ALIAS]-(n:Field|Resource)
WHERE (n:Field AND (EXISTS {
MATCH (n)<-[:HAS_FIELD]-(r)
WHERE (r.jurisdiction_code = $p20 OR r.jurisdiction_name = $p20) AND r.regime IN $p21 })) OR (n:Resource AND (n.jurisdiction_code = $p22 OR n.jurisdiction_name = $p22) AND n.regime IN $p23)
RETURN n UNION
MATCH (:Text {id: $p2})<-[:NAMED|ALIAS]-(:DataElement)<-[:MEANS]-(n:Field)
WHERE (EXISTS {
MATCH (n)<-[:HAS_FIELD]-(r)
WHERE (r.jurisdiction_code = $p18 OR r.jurisdiction_name = $p18) AND r.regime IN $p19 })
RETURN n }
RETURN count(n) AS total }
RETURN better, others, total
