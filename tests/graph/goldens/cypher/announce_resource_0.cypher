UNWIND $rows AS row
MATCH (h:History {id: row}) USING INDEX h:History(id)
WHERE h.until = $number
MATCH (n:Resource {id: row})
WHERE coalesce(h.cleared, '') <> coalesce(n.cleared, '')
WITH DISTINCT n
MATCH (d)-[by:RELATED_TO]->(n)
WHERE true
WITH DISTINCT d
WHERE d:Resource AND d.cleared AND NOT EXISTS {
MATCH (:Change {revision: $number, rank: 5, id: d.id}) } CREATE (:Change {revision: $number, rank: 5, kind: 'RESOURCE', id: d.id, change: 'ANNOUNCED'})
