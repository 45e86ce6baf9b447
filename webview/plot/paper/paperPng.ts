import { withDensity } from './pngDensity';
import { DOTS } from './sizes';

/** A figure that was written as SVG as a PNG of 300 dpi; its size is in millimetres. */
export async function paperPng(
  svg: string,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const image = new Image();
  image.src = svgAddress(svg);
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * DOTS);
  canvas.height = Math.round(height * DOTS);
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error(`A picture of ${canvas.width} x ${canvas.height} dots is too large for this window.`);
  return withDensity(new Uint8Array(await blob.arrayBuffer()), 300);
}

/** An SVG document as the address of an image. */
export const svgAddress = (svg: string): string => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;

/** Bytes as base64. */
export function base64Of(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let i = 0; i < bytes.length; i += 0x8000) pieces.push(String.fromCharCode(...bytes.subarray(i, i + 0x8000)));
  return btoa(pieces.join(''));
}

/**
 * Puts a picture on the clipboard. Rejects where the window may not: a browser that does not know pictures there, or a page
 * that is not in front.
 */
export async function copyPicture(png: Promise<Uint8Array<ArrayBuffer>>): Promise<void> {
  // A browser has neither in a page that came over plain http from another machine.
  if (!('clipboard' in navigator) || typeof ClipboardItem === 'undefined')
    throw new Error('This browser keeps pages from the clipboard.');
  // The picture is promised at once: a browser allows the copy only as long as the click is fresh.
  const blob = png.then((bytes) => new Blob([bytes], { type: 'image/png' }));
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
}
