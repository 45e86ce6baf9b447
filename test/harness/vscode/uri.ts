import path from 'node:path';

interface Parts {
  readonly scheme: string;
  readonly authority?: string;
  readonly path?: string;
  readonly query?: string;
  readonly fragment?: string;
}

/** An address, as VS Code's own; paths are those of this machine. */
export class Uri {
  private constructor(
    readonly scheme: string,
    readonly authority: string,
    readonly path: string,
    readonly query: string,
    readonly fragment: string,
  ) {}

  static from({ scheme, authority = '', path: file = '', query = '', fragment = '' }: Parts): Uri {
    return new Uri(scheme, authority, file, query, fragment);
  }

  static file(file: string): Uri {
    return Uri.from({ scheme: 'file', path: path.resolve(file) });
  }

  static parse(text: string): Uri {
    const [, scheme = 'file', , authority = '', file = ''] = /^(\w[\w+.-]*):(\/\/([^/]*))?(.*)$/.exec(text) ?? [];
    return Uri.from({ scheme, authority, path: decodeURIComponent(file) });
  }

  static joinPath(base: Uri, ...parts: string[]): Uri {
    return base.with({ path: path.posix.join(base.path, ...parts) });
  }

  get fsPath(): string {
    return this.path;
  }

  with(change: Partial<Parts>): Uri {
    return Uri.from({ ...this.toJSON(), ...change });
  }

  toString(): string {
    const authority = this.authority || this.scheme === 'file' ? `//${this.authority}` : '';
    return `${this.scheme}:${authority}${encodeURI(this.path)}`;
  }

  toJSON(): Required<Parts> {
    const { scheme, authority, path: file, query, fragment } = this;
    return { scheme, authority, path: file, query, fragment };
  }
}
