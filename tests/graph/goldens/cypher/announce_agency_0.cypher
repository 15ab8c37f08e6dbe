UNWIND $rows AS row
MATCH (h:History {id: row})
WHERE h.until = $number
MATCH (n:Agency {id: row})
WHERE coalesce(h.name, '') <> coalesce(n.name, '') OR coalesce(h.credit_code, '') <> coalesce(n.credit_code, '')
MATCH (d:Resource)<-[by:RESPONSIBLE_FOR]-(n)
WHERE true AND d.cleared AND NOT EXISTS {
MATCH (:Change {revision: $number, rank: 5, id: d.id}) }
WITH DISTINCT d CREATE (:Change {revision: $number, rank: 5, kind: 'RESOURCE', id: d.id, change: 'ANNOUNCED'})
