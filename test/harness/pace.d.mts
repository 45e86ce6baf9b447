export declare function measurePace(): number;
export declare const pace: number;
export declare const patient: (milliseconds: number) => number;
