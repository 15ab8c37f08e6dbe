UNWIND $rows AS row
MATCH (h:History {id: row})
WHERE h.until = $number
MATCH (n:Regulation {id: row})
WHERE coalesce(h.title, '') <> coalesce(n.title, '')
MATCH (p)-[e:PART_OF]->(n)
MATCH (d:Resource)-[by:CITES]->(p)
WHERE by.path = 'basis.provision' AND d.cleared AND NOT EXISTS {
MATCH (:Change {revision: $number, rank: 5, id: d.id}) }
WITH DISTINCT d CREATE (:Change {revision: $number, rank: 5, kind: 'RESOURCE', id: d.id, change: 'ANNOUNCED'})
