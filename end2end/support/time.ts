// Clocks in other zones, by the browser engine's own zone database.

/** "17:00" on the clock of that zone. */
export function clock(instant: string | Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(instant));
}

/** Minutes that the zone is ahead of UTC at that instant. */
function offset(instant: Date, timeZone: string): number {
  const text = new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "longOffset" }).format(instant);
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(text) ?? [, "+", "0", "0"];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

const DAY = 86_400_000;
const iso = (at: number) => new Date(at).toISOString().slice(0, 10);

/** The zone's next change of its clock: the Mondays around it, and by how many minutes it goes forward. */
export function nextChange(timeZone: string): { before: string; after: string; daysAhead: number; forward: number } {
  // A week from now on, so that the Monday before it is still to come.
  const start = Math.floor(Date.now() / DAY) * DAY + 8 * DAY;
  for (let at = start; at < start + 366 * DAY; at += DAY) {
    const forward = offset(new Date(at + DAY), timeZone) - offset(new Date(at), timeZone);
    if (forward === 0) continue;
    let monday = at + DAY;
    while (new Date(monday).getUTCDay() !== 1) monday += DAY;
    return { before: iso(monday - 7 * DAY), after: iso(monday), daysAhead: Math.ceil((monday - Date.now()) / DAY), forward };
  }
  throw new Error(`${timeZone} does not change its clock`);
}

/** "18:15" an hour and a quarter after "17:00" is `plus("17:00", 75)`; midnight is passed. */
export function plus(time: string, minutes: number): string {
  const [hour, minute] = time.split(":").map(Number);
  const sum = (((hour * 60 + minute + minutes) % 1440) + 1440) % 1440;
  return `${String(Math.floor(sum / 60)).padStart(2, "0")}:${String(sum % 60).padStart(2, "0")}`;
}
