// Where a picture lies in its frame: by its eyes, so that two faces are of one size and level, and by what one did since.

// The middle of the eyes lies here in the frame, and they are so far apart, in shares of its width and height.
const AT = { x: 0.5, y: 0.42 };
const APART = 0.3;

export const STILL = { zoom: 1, turn: 0, x: 0, y: 0 };

// The picture before anybody moves it: which point of it lies where in the frame, at which size and turn.
export function resting(size, frame, eyes) {
  if (!eyes) {
    const scale = Math.min(frame.width / size.width, frame.height / size.height);
    return { scale, turn: 0, from: { x: size.width / 2, y: size.height / 2 }, to: { x: frame.width / 2, y: frame.height / 2 } };
  }
  const [ax, ay, bx, by] = [eyes[0] * size.width, eyes[1] * size.height, eyes[2] * size.width, eyes[3] * size.height];
  return {
    scale: (APART * frame.width) / Math.hypot(bx - ax, by - ay),
    turn: -Math.atan2(by - ay, bx - ax),
    from: { x: (ax + bx) / 2, y: (ay + by) / 2 },
    to: { x: AT.x * frame.width, y: AT.y * frame.height },
  };
}

// As a CSS matrix. What one did is about the middle of the frame, in shares of its width, so that it means the same in both.
export function matrix(rest, done, frame) {
  const scale = rest.scale * done.zoom;
  const turn = rest.turn + done.turn;
  const [a, b] = [scale * Math.cos(turn), scale * Math.sin(turn)];
  const middle = { x: frame.width / 2, y: frame.height / 2 };
  const [dx, dy] = [rest.to.x - middle.x, rest.to.y - middle.y];
  const [cos, sin] = [done.zoom * Math.cos(done.turn), done.zoom * Math.sin(done.turn)];
  const to = {
    x: middle.x + cos * dx - sin * dy + done.x * frame.width,
    y: middle.y + sin * dx + cos * dy + done.y * frame.width,
  };
  return [a, b, -b, a, to.x - (a * rest.from.x - b * rest.from.y), to.y - (b * rest.from.x + a * rest.from.y)];
}

// From a point of the frame to one of the picture.
export function inside([a, b, c, d, e, f], point) {
  const whole = a * d - b * c;
  const [x, y] = [point.x - e, point.y - f];
  return { x: (d * x - c * y) / whole, y: (a * y - b * x) / whole };
}

// After a zoom by `times` or a turn by `angle` about a point of the frame.
export function about(done, point, frame, times, angle) {
  const [px, py] = [(point.x - frame.width / 2) / frame.width, (point.y - frame.height / 2) / frame.width];
  const zoom = Math.min(24, Math.max(0.2, done.zoom * times));
  const by = zoom / done.zoom;
  const [cos, sin] = [by * Math.cos(angle), by * Math.sin(angle)];
  const [x, y] = [done.x - px, done.y - py];
  return { zoom, turn: done.turn + angle, x: px + cos * x - sin * y, y: py + sin * x + cos * y };
}
