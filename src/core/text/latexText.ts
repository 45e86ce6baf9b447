/** What commands of LaTeX stand for that take nothing. */
const SYMBOLS: Readonly<Record<string, string>> = {
  ...{ alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', epsilon: 'ε', varepsilon: 'ε', eta: 'η', theta: 'θ' },
  ...{ kappa: 'κ', lambda: 'λ', mu: 'μ', nu: 'ν', pi: 'π', rho: 'ρ', sigma: 'σ', tau: 'τ', phi: 'φ', psi: 'ψ' },
  ...{ Delta: 'Δ', Phi: 'Φ', Psi: 'Ψ', Gamma: 'Γ', Sigma: 'Σ', infty: '∞', partial: '∂', nabla: '∇', ell: 'ℓ' },
  ...{ sum: '∑', prod: '∏', int: '∫', le: ' ≤ ', leq: ' ≤ ', ge: ' ≥ ', geq: ' ≥ ', ne: ' ≠ ', approx: ' ≈ ' },
  ...{
    sim: ' ~ ',
    to: ' → ',
    mapsto: ' ↦ ',
    mid: ' | ',
    cdot: '·',
    times: '×',
    pm: '±',
    in: ' ∈ ',
    propto: ' ∝ ',
    prime: '′',
  },
  ...{ quad: ' ', qquad: ' ', lVert: '‖', rVert: '‖', Vert: '‖', lvert: '|', rvert: '|', ldots: '…', dots: '…' },
};

/** Marks over a letter, as combining characters. */
const ACCENTS: Readonly<Record<string, string>> = { bar: '\u0304', hat: '\u0302', tilde: '\u0303', dot: '\u0307' };

/** Commands whose argument is set in another way, or that only say how large something is. */
const PLAIN = /^(operatorname|mathrm|mathbf|mathbb|mathcal|boldsymbol|text|left|right|big|Big|bigl|bigr|limits)$/;

const map = (from: string, to: string) => new Map([...from].map((one, i) => [one, [...to][i]!]));
const UP = map('0123456789+-=()nijktT', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱʲᵏᵗᵀ');
const DOWN = map('0123456789+-=()aeijkmnopstx', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢⱼₖₘₙₒₚₛₜₓ');

/** A text above or below the line: in characters made for it where there are all of them. */
function raised(text: string, letters: ReadonlyMap<string, string>, sign: string): string {
  if (/^′+$/.test(text)) return text;
  const all = [...text].map((one) => letters.get(one));
  if (all.every((one) => one !== undefined)) return all.join('');
  const single = sign === '_' ? /^[\p{L}\p{N}\p{M}]+$/u : /^(\p{L}\p{M}*|\p{N}+|∞)$/u;
  return sign + (single.test(text) ? text : `(${text})`);
}

/** One name or number, with what is over, above and below it. */
const isSingle = (text: string) => /^√?[\p{L}\p{M}\p{N}\p{No}′₀-ₜ∞]+$/u.test(text);

/** Whether a text must stand in parentheses to be divided. */
const isSum = (text: string) => /[-+−±·/ ]/.test(text.replace(/\([^()]*\)/g, '').trim());
const wrapped = (text: string) => `(${text})`;

/** What stands around a fraction until all is read: its neighbours decide how it is set apart. */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];

/** Functions that are written before what they take. */
const FUNCTIONS = 'ln|log|exp|cos|sin|cot|tan|sgn|sech|tanh|arctan|min|max';

/** Reads LaTeX from a place on. */
class Reader {
  private at = 0;

  constructor(private readonly latex: string) {}

  /** All up to the end, or to a closing brace or bracket. */
  rest(closing = ''): string {
    let text = '';
    while (this.at < this.latex.length && this.latex[this.at] !== closing) text += this.part();
    this.at++;
    return text.replace(/\s+/g, ' ').trim();
  }

  /** What a command takes: a group, a command, or one character. */
  private argument(): string {
    while (this.latex[this.at] === ' ') this.at++;
    return this.part();
  }

  private part(): string {
    const one = this.latex[this.at++]!;
    if (one === '{') return this.rest('}');
    if (one === '^') return raised(this.argument(), UP, '^');
    if (one === '_') return raised(this.argument(), DOWN, '_');
    if (one === "'") return '′';
    if (one === '&' || one === '~') return ' ';
    return one === '\\' ? this.command() : one;
  }

  private command(): string {
    const name = /^(?:[a-zA-Z]+|.)/.exec(this.latex.slice(this.at))?.[0] ?? '';
    this.at += name.length;
    const letters = /^[a-zA-Z]/.test(name);
    // LaTeX takes no notice of a space behind a name; it is kept where it makes the text easier to read.
    if (letters && !/^ +[-+=]/.test(this.latex.slice(this.at))) while (this.latex[this.at] === ' ') this.at++;
    if (/^[dt]?frac$/.test(name)) {
      const above = this.argument();
      const below = this.argument();
      return `${OPEN}${isSum(above) ? wrapped(above) : above}/${isSingle(below) ? below : wrapped(below)}${CLOSE}`;
    }
    if (name === 'sqrt') return this.root();
    const accent = ACCENTS[name];
    if (accent) return (this.argument() + accent).normalize('NFC');
    if (PLAIN.test(name)) return '';
    if (name === '{' || name === '}') return name;
    if (!letters) return /[,;: ]/.test(name) ? ' ' : '';
    return SYMBOLS[name] ?? ` ${name} `;
  }

  private root(): string {
    const under = this.argument();
    return `√${isSingle(under) ? under : wrapped(under)}`;
  }
}

/** A formula in LaTeX as one line of plain text with the signs of Unicode, for places that cannot set it. */
export const latexText = (latex: string): string =>
  new Reader(latex)
    .rest()
    .replace(new RegExp(`\\b(${FUNCTIONS}) *${OPEN}([^${OPEN}${CLOSE}]*)${CLOSE}`, 'g'), '$1($2)')
    .replace(new RegExp(`${CLOSE} *(?=[\\p{L}√[(${OPEN}])`, 'gu'), '·')
    .replace(new RegExp(`[${OPEN}${CLOSE}]`, 'g'), '')
    .replace(/\s+([,.;)\]])/g, '$1')
    .replace(/([([])\s+/g, '$1')
    .replace(new RegExp(`\\b(${FUNCTIONS}) \\(`, 'g'), '$1(')
    .replace(/-/g, '−')
    .replace(/ {2,}/g, ' ');
