/** The file of a report, named by the day of its practice. */
export const reportName = (start: string) => `matside-${start.slice(0, 10)}.html`;
