// Apollo Server in memory: its default resolvers over the same rows, started as its documentation has it.
import { readFileSync } from "node:fs";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";

const rows = JSON.parse(readFileSync(process.argv[2], "utf8"));
const places = new Map(rows.map((row, place) => [row.id, place]));
const byId = new Map(rows.map((row) => [row.id, row]));

const typeDefs = `
  type Agency { id: ID! name: String! }
  type Citation { text: String! }
  type Responsibility { roles: [String!]! agency: Agency! citation: Citation }
  type Field { id: ID! name: String! text: String! position: Int! dataType: String identityKey: Boolean! }
  type FieldConnection { nodes: [Field!]! }
  type Resource {
    id: ID! name: String! code: String origin: String! shareType: String! openToPublic: String!
    responsibilities: [Responsibility!]! fields(first: Int = 100): FieldConnection!
  }
  type PageInfo { endCursor: String hasNextPage: Boolean! }
  type ResourceConnection { nodes: [Resource!]! pageInfo: PageInfo! }
  type Query { resource(id: ID!): Resource resources(first: Int = 20, after: String): ResourceConnection! }
`;

const resolvers = {
  Query: {
    resource: (_, { id }) => byId.get(id) ?? null,
    resources: (_, { first, after }) => {
      const begin = after ? places.get(after) + 1 : 0;
      const nodes = rows.slice(begin, begin + first);
      return { nodes, pageInfo: { endCursor: nodes.at(-1)?.id, hasNextPage: rows.length > begin + first } };
    },
  },
  Resource: { fields: (row, { first }) => ({ nodes: row.fields.nodes.slice(0, first) }) },
};

const server = new ApolloServer({ typeDefs, resolvers });
await startStandaloneServer(server, { listen: { host: "127.0.0.1", port: Number(process.argv[3]) } });
