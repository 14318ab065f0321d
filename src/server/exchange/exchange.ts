// The door of the exchange between States: a Zero FIR of another State's area goes there sealed and signed, and comes back as a receipt.
export { confirmKeyForm, peerForm } from './forms.ts';
export { jobs, watch } from './jobs.ts';
export {
  confirmPeerKey,
  endOwnKey,
  endPeer,
  endPeerKey,
  type Exchange,
  exchangeOf,
  makeOwnKey,
  proposePeer,
} from './peers.ts';
export { acceptParcel, acceptPart, type SignedText, stationList } from './receiving.ts';
