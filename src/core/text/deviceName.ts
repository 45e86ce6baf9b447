/** A file name that Windows keeps for a device, whatever stands after its first dot; the first group is the device. */
export const DEVICE_NAME = /^(con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(?=\s*(?:\.|$))/i;
