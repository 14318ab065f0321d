export const hi = (): string => 'probe ' + process.version;
