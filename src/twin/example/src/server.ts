import { createServer } from "node:http";
import { answer } from "./routes.ts";

const version = process.env.VERSION ?? "unreleased";

const server = createServer((request, response) => {
  const { status, body } = answer(new URL(request.url ?? "/", "http://parcel-rates"), version);
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
});

server.listen(Number(process.env.PORT ?? 8080), process.env.HOST ?? "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") {
    console.log(`listening on ${address.port}`);
  }
});
