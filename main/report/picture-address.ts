/** The address of a picture of the archive folder, relative to its page. `file`: as in `ReportPicture`. */
export const pictureAddress = (file: string): string => file.split('/').map(encodeURIComponent).join('/');
