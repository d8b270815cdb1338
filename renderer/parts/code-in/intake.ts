import { longestText } from '../../../shared/input/lengths';
import { urTexts } from '../../../shared/input/ur-texts';
import { fileKind, foreignKind, kindLength } from '../../../shared/qr/picture-kind';

/** How far a message in several parts is. */
export interface Reading {
  readonly have: number;
  readonly of: number;
  readonly seen: readonly boolean[];
}

/** What the main process made of something that came in. */
export type Taken =
  | (Reading & {
      readonly status: 'part';
      /** False for a part that brought nothing new. */
      readonly fresh: boolean;
      /** From this part on another message is being read than before. */
      readonly switched: boolean;
    })
  | { readonly status: 'taken'; readonly text: string }
  | {
      readonly status: 'refused';
      readonly message: string;
      /** What came in is a secret: no field keeps it. */
      readonly secret?: boolean;
    };

/**
 * By which way a text came: out of a code that this window read, or as text, pasted or typed by a scanner.
 */
export type TextCarrier = 'qr' | 'paste';

/** Where codes and files go. The same for every carrier: all six end in one parser, in the main process. */
export interface Intake {
  /** One text: a UR, whole or a part. */
  text(text: string, carrier: TextCarrier): Promise<Taken>;
  /** A file that is no picture. */
  file(bytes: Uint8Array<ArrayBuffer>): Promise<Taken>;
}

/** A message is some kilobytes; a file larger than this is something else. */
const largestFile = 1_000_000;

const tooLarge: Taken = {
  status: 'refused',
  message:
    'This file is too large to be one of ours. Nothing was taken in. Choose the file that the other station saved, or a picture of its code.',
};

const tooLong: Taken = {
  status: 'refused',
  message:
    'This text is far longer than any message of ours. Nothing was taken in. Take the text of the code alone, from “ur:airlock/” to its end, or the file that the other station saved.',
};

const noCode: Taken = {
  status: 'refused',
  message:
    'No QR code could be read in this picture. Nothing was taken in. Take the picture again, closer and sharper, with the whole code and its white margin in it.',
};

/** `why`: a sentence, where more is known. */
const unreadable = (why: string | null): Taken => ({
  status: 'refused',
  message:
    why === null
      ? 'This picture could not be opened. Nothing was taken in. Save it as PNG or JPG, or bring the code as a file.'
      : `${why} Nothing was taken in.`,
});

/** The main process takes no longer text, and says so in no words for people. */
const takeText = async (text: string, carrier: TextCarrier, intake: Intake): Promise<Taken> =>
  text.length > longestText.code ? tooLong : intake.text(text, carrier);

/** Takes texts in order, until a message is whole. Lines that are refused don't stop the others. */
async function takeTexts(texts: readonly string[], carrier: TextCarrier, intake: Intake): Promise<Taken> {
  let last: Taken = noCode;
  let refused: Taken | null = null;
  for (const text of texts) {
    last = await takeText(text, carrier, intake);
    if (last.status === 'taken') return last;
    if (last.status === 'refused') refused = last;
  }
  return refused ?? last;
}

/**
 * Pasted or typed text: the codes in it, whatever stands around them. What holds no code stays whole: groups
 * of a share card are not known for what they are one by one.
 */
export function takeTyped(text: string, intake: Intake): Promise<Taken> {
  const codes = urTexts(text);
  // An address beside a code is another code, and is named as that; other words are words of a letter.
  const foreign = /^ur:/i.test(codes[0] ?? '') ? (text.match(/(?<![a-z])[a-z]{1,20}:\/\/\S+/gi) ?? []) : [];
  const texts = [...foreign, ...codes];
  return texts.length > 1 ? takeTexts(texts, 'paste', intake) : takeText(texts[0] ?? text, 'paste', intake);
}

/** The texts of a picture's codes; where it can't be read, a sentence why, or null where none is known. */
export type PictureReading = (file: Blob) => Promise<string[] | string | null>;

/** Files of any kind: pictures are read for codes, others go to the parser as they are. */
export async function takeFiles(
  files: readonly File[],
  intake: Intake,
  readPicture: PictureReading,
): Promise<Taken> {
  let last: Taken = noCode;
  let refused: Taken | null = null;
  for (const file of files) {
    last = await takeFile(file, intake, readPicture);
    if (last.status === 'taken') return last;
    if (last.status === 'refused') refused = last;
  }
  return refused ?? last;
}

async function takeFile(file: File, intake: Intake, readPicture: PictureReading): Promise<Taken> {
  const kind = fileKind(new Uint8Array(await file.slice(0, kindLength).arrayBuffer()));
  // A share card's PDF is read for its text, and other PDFs are named by who reads pictures.
  if (kind !== null && 'foreign' in kind && kind.foreign !== 'PDF') return unreadable(foreignKind(kind));
  if (kind === null) {
    if (file.size > largestFile) return tooLarge;
    return intake.file(new Uint8Array(await file.arrayBuffer()));
  }
  const texts = await readPicture(file);
  if (texts === null || typeof texts === 'string') return unreadable(texts);
  return texts.length === 0 ? noCode : takeTexts(texts, 'qr', intake);
}
