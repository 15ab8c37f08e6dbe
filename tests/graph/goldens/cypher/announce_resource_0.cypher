UNWIND $rows AS row
MATCH (h:History {id: row})
WHERE h.until = $number
MATCH (n:Resource {id: row})
WHERE coalesce(h.cleared, '') <> coalesce(n.cleared, '')
MATCH (d:Resource)-[by:RELATED_TO]->(n)
WHERE true AND d.cleared AND NOT EXISTS {
MATCH (:Change {revision: $number, rank: 5, id: d.id}) }
WITH DISTINCT d CREATE (:Change {revision: $number, rank: 5, kind: 'RESOURCE', id: d.id, change: 'ANNOUNCED'})
