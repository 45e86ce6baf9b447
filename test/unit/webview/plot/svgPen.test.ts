import assert from 'node:assert/strict';
import { clipped } from '../../../../webview/plot/pen';
import { SvgPen } from '../../../../webview/plot/svgPen';
import { elementsOf, measure } from './drawing';

describe('the pen that writes SVG', () => {
  const pen = () => new SvgPen(200, 100, measure, 'one');

  it('writes a document with a size, a title and a description, and no style attribute', () => {
    const own = pen();
    own.font = '600 13px "Segoe UI", sans-serif';
    own.fillText('a < b & c', 10, 20);
    const text = own.document('Signal & noise', 'From "0" to 1.');
    assert.ok(
      text.startsWith('<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100"'),
    );
    assert.match(text, /<title>Signal &amp; noise<\/title><desc>From &quot;0&quot; to 1\.<\/desc>/);
    assert.match(text, />a &lt; b &amp; c<\/text>/);
    assert.doesNotMatch(text, /style=/);
    const [element] = elementsOf(text);
    assert.deepEqual(
      [element!.attributes['font-weight'], element!.attributes['font-size'], element!.attributes['font-family']],
      ['600', '13', '&quot;Segoe UI&quot;, sans-serif'],
    );
  });

  it('writes paths with dashes, and opacity apart from the colour', () => {
    const own = pen();
    own.strokeStyle = 'rgba(1, 2, 3, 0.5)';
    own.lineWidth = 2;
    own.setLineDash([6, 3]);
    own.beginPath();
    own.moveTo(0, 1);
    own.lineTo(2.004, 3);
    own.stroke();
    own.fillStyle = 'rgba(1, 2, 3, 1)';
    own.fill();
    const [line, area] = elementsOf(own.document('', ''));
    assert.deepEqual(line!.attributes, {
      d: 'M0 1L2 3',
      fill: 'none',
      stroke: 'rgb(1, 2, 3)',
      'stroke-opacity': '0.5',
      'stroke-width': '2',
      'stroke-dasharray': '6 3',
    });
    assert.deepEqual(area!.attributes, { d: 'M0 1L2 3', fill: 'rgb(1, 2, 3)' });
  });

  it('shifts and turns what follows, until it is restored', () => {
    const own = pen();
    own.save();
    own.translate(10, 20);
    own.rotate(-Math.PI / 2);
    own.textAlign = 'center';
    own.fillText('up', 5, 0);
    own.restore();
    own.fillText('here', 1, 2);
    const [turned, plain] = elementsOf(own.document('', ''));
    assert.equal(turned!.attributes.transform, 'rotate(-90 10 15)');
    assert.deepEqual([turned!.attributes.x, turned!.attributes.y], ['10', '15']);
    assert.equal(turned!.attributes['text-anchor'], 'middle');
    assert.deepEqual([plain!.attributes.x, plain!.attributes.y, plain!.attributes.transform], ['1', '2', undefined]);
  });

  it('closes the groups of its clips', () => {
    const own = pen();
    clipped(own, { left: 10, top: 10, right: 20, bottom: 20 }, 1, () =>
      clipped(own, { left: 12, top: 12, right: 18, bottom: 18 }, 0, () => own.fillRect(0, 0, 5, 5)),
    );
    const text = own.document('', '');
    assert.equal(text.match(/<g /g)!.length, 2);
    assert.equal(text.match(/<\/g>/g)!.length, 2);
    assert.match(text, /<clipPath id="one-clip-1"><path d="M9 9L21 9L21 21L9 21Z"\/><\/clipPath>/);
    assert.match(
      text,
      /<g clip-path="url\(#one-clip-1\)"><g clip-path="url\(#one-clip-2\)"><rect[^>]*\/><\/g><\/g><\/svg>$/,
    );
  });

  it('draws whole circles', () => {
    const own = pen();
    own.beginPath();
    own.arc(10, 10, 4);
    own.fill();
    assert.equal(elementsOf(own.document('', ''))[0]!.attributes.d, 'M14 10A4 4 0 1 1 6 10A4 4 0 1 1 14 10Z');
  });

  it('keeps a field of colours as an image in its rectangle', () => {
    const own = pen();
    own.translate(5, 5);
    own.drawImage({ toDataURL: () => 'data:image/png;base64,AA==' }, 10, 20, 30, 40);
    const [image] = elementsOf(own.document('', ''));
    assert.deepEqual(image!.attributes, {
      ...{ x: '15', y: '25', width: '30', height: '40', preserveAspectRatio: 'none' },
      href: 'data:image/png;base64,AA==',
    });
  });

  it('a picture as SVG has no tag and no control character of a name', () => {
    const pen = new SvgPen(10, 10, () => 5);
    pen.fillText('<img onerror="x">\u001b[31m&', 0, 0);
    const svg = pen.document('<b>', '$(x)\u0007');
    assert.ok(svg.includes('&lt;img onerror='), svg);
    // eslint-disable-next-line no-control-regex -- these are what must not be there
    assert.doesNotMatch(svg, /<img|[\u0000-\u0008\u000b-\u001f]/);
  });
});
