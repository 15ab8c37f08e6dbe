// @neo4j/graphql on Apollo Server, as their documentation has them: the graph as Mulu stores it, typed for the same answers.
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { Neo4jGraphQL } from "@neo4j/graphql";
import neo4j from "neo4j-driver";

const address = new URL(process.env.MULU_STORE);
const uri = `${address.protocol}//${address.host}`;
const auth = neo4j.auth.basic(decodeURIComponent(address.username), decodeURIComponent(address.password));
const driver = neo4j.driver(uri, auth);

const typeDefs = `
  type Agency @node { id: ID! name: String! }
  type Field @node {
    id: ID! name: String! text: String! position: Int!
    dataType: String @alias(property: "data_type")
    identityKey: Boolean @alias(property: "identity_key")
    resource: [Resource!]! @relationship(type: "HAS_FIELD", direction: IN)
  }
  type ResponsibleFor @relationshipProperties { roles: [String!] }
  type Resource @node {
    id: ID! name: String! code: String origin: String!
    shareType: String! @alias(property: "share_type")
    openToPublic: String! @alias(property: "open_to_public")
    basis: String @alias(property: "responsibilities")
    agencies: [Agency!]! @relationship(type: "RESPONSIBLE_FOR", direction: IN, properties: "ResponsibleFor")
    fields: [Field!]! @relationship(type: "HAS_FIELD", direction: OUT)
  }
`;

const made = new Neo4jGraphQL({ typeDefs, driver });
const server = new ApolloServer({ schema: await made.getSchema() });
await startStandaloneServer(server, {
  listen: { host: "127.0.0.1", port: Number(process.argv[2]) },
  context: async ({ req }) => ({ req, executionContext: driver, sessionConfig: { database: address.pathname.slice(1) || "neo4j" } }),
});
