UNWIND $rows AS row
MATCH (h:History {id: row}) USING INDEX h:History(id)
WHERE h.until = $number
MATCH (n:Provision {id: row})
WHERE coalesce(h.label, '') <> coalesce(n.label, '') OR coalesce(h.provision_kind, '') <> coalesce(n.provision_kind, '')
WITH DISTINCT n
MATCH (d)-[by:CITES]->(n)
WHERE by.path = 'basis.provision'
WITH DISTINCT d
WHERE d:Resource AND d.cleared AND NOT EXISTS {
MATCH (:Change {revision: $number, rank: 5, id: d.id}) } CREATE (:Change {revision: $number, rank: 5, kind: 'RESOURCE', id: d.id, change: 'ANNOUNCED'})
