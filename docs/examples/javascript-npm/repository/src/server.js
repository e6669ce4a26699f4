import { createServer } from "node:http";
import { price } from "./price.js";

const PORT = Number(process.env.PORT ?? 8080);

createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  if (pathname !== "/price") {
    response.writeHead(404).end();
    return;
  }
  const cents = price(Number(searchParams.get("kilograms")));
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ cents }));
}).listen(PORT);
