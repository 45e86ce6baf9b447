type Channels = readonly [red: number, green: number, blue: number, alpha: number];

/** Red, green, blue (0 to 255) and alpha (0 to 1) of a colour as VS Code's themes write it: #rgb, #rrggbbaa, rgb(), rgba(). */
export function channelsOf(color: string): Channels {
  const hex = /^#([\da-f]{3,8})$/i.exec(color.trim())?.[1];
  if (hex) {
    const long = hex.length < 6 ? [...hex].map((digit) => digit + digit).join('') : hex;
    const at = (i: number) => parseInt(long.slice(i, i + 2), 16);
    return [at(0), at(2), at(4), long.length > 6 ? at(6) / 255 : 1];
  }
  const list = /^rgba?\((.*)\)$/.exec(color.trim())?.[1];
  if (list === undefined) return measuredChannels(color);
  const [red = 0, green = 0, blue = 0, alpha = 1] = list.split(/[\s,/]+/).map(Number);
  return [red, green, blue, alpha];
}

/** The channels of any colour that CSS can write, read back from a canvas. */
function measuredChannels(color: string): Channels {
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
  pen.fillStyle = color;
  pen.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
  return [red!, green!, blue!, alpha! / 255];
}

/** The colour with its opacity multiplied by a factor. */
export function fade(color: string, opacity: number): string {
  const [red, green, blue, alpha] = channelsOf(color);
  return `rgba(${red}, ${green}, ${blue}, ${Number((alpha * opacity).toFixed(3))})`;
}
