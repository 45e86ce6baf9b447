import { startLab } from './labPage';

startLab();
