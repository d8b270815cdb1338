/** UR type of every message of ours: its body is the message's wire bytes, one CBOR array. */
export const airlockType = 'airlock';
