// Required by mocha: every time-out of a test counts on this machine's pace.
import Mocha from 'mocha';
import { patient } from './pace.mjs';

const { timeout } = Mocha.Runnable.prototype;

/** @this {import('mocha').Runnable} @param {[] | [number | string]} args */
function patientTimeout(...args) {
  const [given] = args;
  return Reflect.apply(timeout, this, typeof given === 'number' ? [patient(given)] : args);
}

Mocha.Runnable.prototype.timeout = patientTimeout;
