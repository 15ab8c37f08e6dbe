UNWIND $rows AS row
MATCH (h:History {id: row}) USING INDEX h:History(id)
WHERE h.until = $number
MATCH (n:Agency {id: row})
WHERE coalesce(h.name, '') <> coalesce(n.name, '') OR coalesce(h.credit_code, '') <> coalesce(n.credit_code, '')
WITH DISTINCT n
MATCH (d)<-[by:RESPONSIBLE_FOR]-(n)
WHERE true
WITH DISTINCT d
WHERE d:Resource AND d.cleared AND NOT EXISTS {
MATCH (:Change {revision: $number, rank: 5, id: d.id}) } CREATE (:Change {revision: $number, rank: 5, kind: 'RESOURCE', id: d.id, change: 'ANNOUNCED'})
