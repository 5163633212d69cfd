// The world's DNS, as a test has it: the server under test asks here.
import { createSocket } from "node:dgram";
import packet from "dns-packet";
import { names } from "./site";

export type Names = { txt: Map<string, string[]>; a: Map<string, string>; close: () => Promise<void> };

/** Answers for the names that it was told, and says of all others that there is none. */
export async function nameServer(): Promise<Names> {
  const txt = new Map<string, string[]>();
  const a = new Map<string, string>();
  const socket = createSocket("udp4");
  socket.on("message", (message, from) => {
    const asked = packet.decode(message);
    const [question] = asked.questions!;
    const name = question.name.toLowerCase();
    const answers: packet.Answer[] = [];
    if (question.type === "TXT") answers.push(...(txt.get(name) ?? []).map((text) => ({ type: "TXT" as const, name, ttl: 0, data: text.match(/.{1,255}/g)! })));
    if (question.type === "A" && a.has(name)) answers.push({ type: "A", name, ttl: 0, data: a.get(name)! });
    const known = answers.length > 0 || a.has(name) || txt.has(name);
    const flags = packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | (known ? 0 : 3);
    socket.send(packet.encode({ type: "response", id: asked.id, flags, questions: asked.questions, answers }), from.port, from.address);
  });
  const [host, port] = names.split(":");
  await new Promise<void>((bound) => socket.bind(Number(port), host, bound));
  return { txt, a, close: () => new Promise((closed) => socket.close(() => closed())) };
}
