UNWIND $rows AS row
MATCH (h:History {id: row})
WHERE h.until = $number
MATCH (n:Provision {id: row})
WHERE coalesce(h.label, '') <> coalesce(n.label, '') OR coalesce(h.provision_kind, '') <> coalesce(n.provision_kind, '')
MATCH (d:Resource)-[by:CITES]->(n)
WHERE by.path = 'basis.provision' AND d.cleared AND NOT EXISTS {
MATCH (:Change {revision: $number, rank: 5, id: d.id}) }
WITH DISTINCT d CREATE (:Change {revision: $number, rank: 5, kind: 'RESOURCE', id: d.id, change: 'ANNOUNCED'})
