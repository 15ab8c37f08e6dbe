UNWIND $rows AS row
MATCH (h:History {id: row}) USING INDEX h:History(id)
WHERE h.until = $number
MATCH (n:Regulation {id: row})
WHERE coalesce(h.title, '') <> coalesce(n.title, '')
WITH DISTINCT n
MATCH (d)-[by:CITES]->(n)
WHERE by.path = 'basis.regulation'
WITH DISTINCT d
WHERE d:Resource AND d.cleared AND NOT EXISTS {
MATCH (:Change {revision: $number, rank: 5, id: d.id}) } CREATE (:Change {revision: $number, rank: 5, kind: 'RESOURCE', id: d.id, change: 'ANNOUNCED'})
