import assert from 'node:assert/strict';
import { dynamics } from '../../../src/core/dynamics';
import { noteAt } from '../../../src/core/experiment/settingNotes';
import { schedules } from '../../../src/core/schedules';
import { modifiers } from '../../../src/core/schedules/modifiers';
import { latexText } from '../../../src/core/text/latexText';

describe('formulas as plain text', () => {
  it('fractions, roots, accents, powers and functions', () => {
    assert.equal(latexText(String.raw`\bar\alpha = \frac{a + b}{c\,d}`), 'ᾱ = (a + b)/(c d)');
    assert.equal(latexText(String.raw`\tfrac12 \sqrt{s + o}^{2\tau}`), '1/2·√(s + o)^(2τ)');
    assert.equal(latexText(String.raw`\gamma' = 2\ln\frac{t}{1-t} - x_{i+1}^2`), 'γ′ = 2 ln(t/(1−t)) − xᵢ₊₁²');
    assert.equal(latexText(String.raw`\left[\cos\left(\pi t\right)\right]^{\rho}`), '[cos(πt)]^ρ');
  });

  it('no formula of a registry keeps a sign of LaTeX', () => {
    for (const { id, equation } of [...schedules, ...modifiers, ...dynamics]) {
      const text = latexText(equation);
      assert.doesNotMatch(text, /[\\{}\uE000\uE001]|undefined| {2}/, `${id}: ${text}`);
      for (const open of ['(', '['])
        assert.equal(text.split(open).length, text.split({ '(': ')', '[': ']' }[open]!).length, `${id}: ${text}`);
    }
  });
});

describe('notes of settings in the text', () => {
  const text =
    '{"version":1,"schedules":[{"id":"cosine","params":{"offset":0.1}},{"id":"expression","inputs":{"formula":"9*(2*t-1)+drift*t"},"params":{"drift":2}}],' +
    '"training":{"weightCap":3,"times":"uniform"},"model":{"hidden":[8]},"dynamics":"near-end"}';
  const note = (at: string) => noteAt(text, text.indexOf(at) + 1)?.markdown;

  it('a number has its symbol, formula, range and default, at its key and at its value', () => {
    const cap =
      '**c** in `weight = min(SNR′(t), c)`\n\nA number greater than 0 and at most 1e\\+300, per unit time; default 5';
    assert.equal(note('weightCap'), cap);
    assert.equal(noteAt(text, text.indexOf('3,"times"'))?.markdown, cap);
    const { offset, length } = noteAt(text, text.indexOf('weightCap'))!;
    assert.equal(text.slice(offset, offset + length), '"weightCap"');
  });

  it('a parameter has the formula that it is in, also one that a formula brings along', () => {
    assert.match(note('offset')!, /^\*\*o\*\* in `ᾱ = \[cos\(.*\]²`\n\nA number from 0 to 1; default 0\\\.008$/s);
    assert.match(note('drift":2')!, /^\*\*drift\*\* in .*default 1$/s);
  });

  it('an id has the formula and the source of what it stands for, also where it stands alone', () => {
    assert.match(note('"cosine')!, /^\*\*Cosine\*\* `ᾱ = .*`\n\n\*Nichol and Dhariwal/);
    assert.match(note('near-end')!, /dz\/dt = γ′ \(u − z\).*Default NoProp forward process$/s);
  });

  it('an item of a list has its range, a choice its default; what says all itself has no note', () => {
    assert.equal(note('[8'), 'A whole number from 1 to 4096');
    assert.equal(note('"uniform'), 'Default Stratified');
    assert.equal(note('"version'), undefined);
    assert.equal(noteAt('{"version"', 3), undefined);
  });
});
