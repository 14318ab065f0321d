// Generated from /api/v1/openapi.json by `npm run client`. Not edited by hand.
export interface paths {
    "/calendar/{secret}.ics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The days of a post for calendar programs (RFC 5545), by the address alone: rule, kind and register number, nobody. Unknown, revoked and handed over: the same 404 */
        get: operations["getCalendarSecretIcs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/complaints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** File a complaint: the eighteen points. The same Idempotency-Key or form_id gives the same receipt again. */
        post: operations["postComplaints"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/complaints/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send the call-verification code again, three times a day at most */
        post: operations["postComplaintsCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a form on the server; kept sealed for seven days after it was last touched */
        post: operations["postDrafts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drafts/{resume}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep what has been typed so far; with an empty body, read it back */
        put: operations["putDraftsResume"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exchange/parcels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A letter of another State’s house: sealed to this house, signed by a key that two posts have confirmed; answered by a signed receipt, again by the same one */
        post: operations["postExchangeParcels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exchange/parts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A file or paper that a letter has announced, sealed in pieces; answered by a signed receipt */
        post: operations["postExchangeParts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exchange/stations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The stations of this State, signed: where other States’ houses may send an FIR to */
        get: operations["getExchangeStations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** For a registered program with the right `figures`: what is public of a unit below its own, by edition; small counts left out */
        get: operations["getFigures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/figures/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** For a registered program with the right `dashboard`: the figures of /watch of a unit below its own, as they are; no case */
        get: operations["getFiguresLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hearings/{id}/ice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys of the relay (TURN) for ten minutes; relay only, so that nobody learns where the other is */
        get: operations["getHearingsIdIce"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hearings/{id}/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sit down in the room, she or the officer who hears her; who sits in that role already is asked to leave */
        post: operations["postHearingsIdJoin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hearings/{id}/signal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One round of talk from a seat: what browsers say to each other to connect. Erased when taken, after two minutes, and at the end */
        post: operations["postHearingsIdSignal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/law/offences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find an offence by number, by a word, by category, by the day of the deed */
        get: operations["getLawOffences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/log/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The latest checkpoint of the log of everything that has happened, and the key it is signed with */
        get: operations["getLogCheckpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/log/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last checkpoint of each of the last thirty days */
        get: operations["getLogCheckpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/log/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** That the log has only grown from one size to another; with `index`, that the entry is in the log of that size */
        get: operations["getLogProof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["getOpenapiJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sos/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An alarm, with the device token or without any. It is on the disk with its orders before the answer goes */
        post: operations["postSosAlerts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sos/alerts/{alert}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Her alarm: who comes, in how many minutes */
        get: operations["getSosAlertsAlert"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sos/alerts/{alert}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel: while it is held without a word, later with the PIN. The duress PIN looks the same and stops nothing */
        post: operations["postSosAlertsAlertCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sos/alerts/{alert}/complaint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The alarm becomes a complaint; its own entries are the first of the file */
        post: operations["postSosAlertsAlertComplaint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sos/alerts/{alert}/fixes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Where she is, and was while there was no network */
        post: operations["postSosAlertsAlertFixes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sos/alerts/{alert}/safe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** She is safe, they are here, or a place in words */
        post: operations["postSosAlertsAlertSafe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sos/alerts/{alert}/sound": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A piece of sound of a few seconds, where she has agreed to it beforehand; heard by the control room while the alarm is open */
        post: operations["postSosAlertsAlertSound"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sos/registrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask to be known to rapid response; a code goes out by SMS. The answer says nothing of the number */
        post: operations["postSosRegistrations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sos/registrations/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm with the code, set the PIN that cancels and the one that only seems to */
        post: operations["postSosRegistrationsConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Public statistics of the month: the nation by state and month, small counts left out; Accept: text/csv gives a table */
        get: operations["getStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Her case: where it lies and since when, what comes next, by when and why */
        get: operations["getTrack"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a code by SMS. The same answer in the same time, whatever exists. */
        post: operations["postTrackCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track/concerns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What she raised past a desk, with the answers; and how long each desk has been silent */
        get: operations["getTrackConcerns"];
        put?: never;
        /** Raise a concern about a desk: it goes to the post above, and the desk never reads it */
        post: operations["postTrackConcerns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track/documents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A paper that is meant for her, byte for byte as it was printed; that she opened it is written down */
        get: operations["getTrackDocumentsId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track/ending": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** She reads of the end of her case: from now on the notice of the report has reached her */
        post: operations["postTrackEnding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say how she was treated, once a stage; the station sees nothing of it while the case is open */
        post: operations["postTrackFeedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track/files/{exhibit}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file that came with a message of her thread, byte for byte, by its number there; nothing else of her case */
        get: operations["getTrackFilesExhibit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track/hearings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When she is heard: times on offer, the one she chose, who may sit with her, how it ended */
        get: operations["getTrackHearings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track/hearings/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call it off; nothing follows from that for her */
        post: operations["postTrackHearingsIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track/hearings/{id}/choose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose one of the times, by phone instead if she likes; again to move it */
        post: operations["postTrackHearingsIdChoose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track/hearings/{id}/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Agree to a recording, or take it back, which stops it */
        post: operations["postTrackHearingsIdConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track/hearings/{id}/guests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A code for a support person or an interpreter, shown once: it opens this hearing in its hours, once */
        post: operations["postTrackHearingsIdGuests"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track/hearings/{id}/others": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** None of these times: ask for others, for a woman officer, for a phone call */
        post: operations["postTrackHearingsIdOthers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Her thread with the desk, the same wherever her file lies; looking at it counts as seen */
        get: operations["getTrackMessages"];
        put?: never;
        /** Write to the desk that has her file; uploads are ids of her own files that are attached to nothing yet */
        post: operations["postTrackMessages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track/objections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Object to the report that closes her case: it goes to the post above the station, which never reads it itself */
        post: operations["postTrackObjections"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What verifies her record offline: instants and hashes, nothing that a third could read */
        get: operations["getTrackProof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open her case with the receipt alone, or with number, mobile and the code that came by SMS */
        post: operations["postTrackSessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track/settled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say whether it is settled; of a closed case “not settled” goes to the post above the station */
        post: operations["postTrackSettled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track/summons/{id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a summons: come, be heard at home, by a woman officer, online, or at another time; the last answer counts */
        post: operations["postTrackSummonsIdAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/vehicles/fixes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Where vehicles are: a crew its own, a gateway (machine token) any. Answered when it lies on the disk; 429 with Retry-After while the disk is behind */
        post: operations["postVehiclesFixes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "status-changed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Told to a client: something has changed in a complaint that was filed through it. At least once; ask with her session what it is */
        post: operations["statusChanged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** @enum {string} */
        AccessNeed: "interpreter" | "sign_language" | "disability" | "cannot_read" | "special_educator";
        /** @enum {string} */
        AccusedRelation: "husband" | "in_laws" | "family" | "partner" | "friend" | "neighbour" | "workplace" | "teacher" | "online" | "stranger" | "other";
        /** @enum {string} */
        AlertState: "held" | "waiting" | "ordered" | "accepted" | "arrived" | "reported" | "handed-to-112" | "closed" | "cancelled";
        /** @description BNSS 179(1): a woman need not attend anywhere but where she lives, unless she is willing */
        Appearances: {
            asked: number;
            attended: number;
            items: components["schemas"]["Summons"][];
            planned: number;
            /** @description the one visit that is promised: for the charge sheet or final report */
            promised: number;
            reasons: string[];
        };
        BroughtClock: {
            authority: string;
            kind: components["schemas"]["ClockKind"];
            name: string;
            rule: string;
        };
        /** @enum {string} */
        Channel: "web" | "up-cop" | "district-app" | "station-desk" | "call-centre" | "hospital" | "sos";
        Checkpoint: {
            at: string;
            /** @description signed note, as C2SP tlog-checkpoint writes it */
            note: string;
            /** @description base64 */
            root: string;
            /** @description the first 60 bits of the root, to be read aloud */
            short: string;
            size: number;
        };
        Clock: {
            /** @description of one accused, from 1; null where it belongs to the case */
            accused: number | null;
            authority: string;
            /** @description what the section says: English quotes it, Hindi is our own summary, not the official text */
            authority_text: string | null;
            /** @enum {string} */
            basis: "express" | "by-correspondence" | "target";
            due_at: components["schemas"]["Instant"];
            due_on: components["schemas"]["Day"];
            kind: components["schemas"]["ClockKind"];
            name: string;
            /** @description who has to act */
            responsible: string;
            rule: string;
            started_at: components["schemas"]["Instant"];
            /** @enum {string} */
            state: "running" | "met" | "late" | "not-applicable";
            /** @description the reckoning, one sentence each */
            steps: string[];
            stopped_at: components["schemas"]["Instant"] | null;
            /** @description the moment that stopped it */
            stopped_by: string | null;
            stops_on: string;
        };
        /** @enum {string} */
        ClockKind: "law" | "police-target";
        Complaint: {
            /**
             * @default {
             *       "languages": [],
             *       "needs": []
             *     }
             */
            access: {
                /** @default [] */
                languages: components["schemas"]["SpokenLanguage"][];
                /** @default [] */
                needs: components["schemas"]["AccessNeed"][];
            };
            account: {
                text: string;
            } | {
                /** @description id of an upload sent in with `draft`: the last part of its address */
                upload: string;
            } | {
                /** @constant */
                defer: true;
            };
            accused?: {
                address?: string;
                description?: string;
                is_police?: boolean;
                is_public_servant?: boolean;
                /** @default false */
                known: boolean;
                lives_with_me?: boolean;
                minor?: boolean;
                name?: string;
                relation?: components["schemas"]["AccusedRelation"];
            }[];
            address_now: {
                accused_lives_here?: boolean;
                district: string;
                pin?: string;
                text?: string;
            };
            affected: {
                age?: number;
                /** Format: date */
                born_on?: string;
                guardian_name?: string;
                guardian_relation?: components["schemas"]["GuardianRelation"];
                guardian_safe?: components["schemas"]["GuardianSafe"];
                name?: string;
                /** @constant */
                woman_or_girl: true;
            };
            /** @constant */
            agreed: true;
            channel: components["schemas"]["Channel"];
            earlier?: {
                number?: string;
                officer?: string;
                /** Format: date */
                on?: string;
                refused?: boolean;
                station?: string;
                year?: number;
            };
            /** Format: email */
            email?: string;
            /** @default [] */
            evidence: string[];
            /** Format: uuid */
            form_id: string;
            happened: components["schemas"]["Happened"][];
            /** @enum {string} */
            language: "hi" | "en";
            mobile: string;
            /** @default false */
            mobile_shared: boolean;
            /**
             * @default {
             *       "danger_now": false,
             *       "doctor": false,
             *       "safe_place": false,
             *       "protection": false
             *     }
             */
            needs: {
                /** @default false */
                danger_now: boolean;
                /** @default false */
                doctor: boolean;
                /** @default false */
                protection: boolean;
                /** @default false */
                safe_place: boolean;
            };
            notice_version: string;
            /** @default false */
            phone_watched: boolean;
            reporter: {
                mobile?: string;
                name?: string;
                relation: components["schemas"]["ReporterRelation"];
            };
            safe_contact: {
                code_word?: string;
                decoy_subject?: components["schemas"]["DecoySubject"];
                modes: components["schemas"]["ContactMode"][];
                /** @default false */
                voicemail: boolean;
                /** @default [] */
                windows: {
                    from: string;
                    to: string;
                }[];
            };
            station: string;
            when: {
                /**
                 * @description A year, a month, a day, or an instant; without an offset in India
                 * @example 2026-03-05
                 * @example 2026-03
                 */
                from?: string;
                note?: string;
                precision: components["schemas"]["WhenPrecision"];
                /**
                 * @description A year, a month, a day, or an instant; without an offset in India
                 * @example 2026-03-05
                 * @example 2026-03
                 */
                to?: string;
            };
            where: {
                place_type: components["schemas"]["PlaceType"];
                point?: {
                    lat: number;
                    lon: number;
                };
                text?: string;
                url?: string;
            };
        };
        Concern: {
            about: string | null;
            answer: {
                at: components["schemas"]["Instant"];
                officer: string | null;
                /** @enum {string} */
                outcome: "explained" | "directed" | "file-moved" | "officer-changed" | "not-founded";
                post_name: string | null;
                text: string;
            } | null;
            at: components["schemas"]["Instant"];
            due: {
                at: components["schemas"]["Instant"];
                /**
                 * @description a promise of the police; no section of law gives it
                 * @constant
                 */
                kind: "police-target";
            };
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            reason: "silent-desk" | "late" | "treated-badly" | "wrong-on-record" | "pressure-to-settle" | "asked-to-come" | "other";
            silent_days: number;
            /** @enum {string} */
            state: "running" | "late" | "answered";
            text: string;
            with: {
                at: components["schemas"]["Instant"];
                post_name: string | null;
            }[];
        };
        ConcernForm: {
            /**
             * Format: uuid
             * @description a desk of her file; the present one without it
             */
            desk?: string;
            /** @enum {string} */
            reason: "silent-desk" | "late" | "treated-badly" | "wrong-on-record" | "pressure-to-settle" | "asked-to-come" | "other";
            text: string;
        };
        /** @enum {string} */
        ContactMode: "call" | "sms" | "email" | "whatsapp_none" | "in_person" | "no_contact";
        Counterpart: {
            act: string;
            section: string;
            /** @description the texts it was read from */
            source: string;
        };
        CourtOrder: {
            /** @enum {string} */
            kind: "stay" | "stay-lifted" | "monitoring" | "other" | "further-investigation";
            on: components["schemas"]["Instant"];
        };
        /**
         * Format: date
         * @description a day in India
         * @example 2026-03-05
         */
        Day: string;
        /** @enum {string} */
        DecoySubject: "survey" | "bank" | "school" | "health" | "parcel" | "none";
        Delay: {
            from: components["schemas"]["Day"];
            kind: string;
            text: string | null;
        };
        DeskSilence: {
            days: number;
            /** Format: uuid */
            desk: string;
            here: boolean;
            post_name: string | null;
            silent: boolean;
        };
        DeskStay: {
            /** @description the same with one decimal */
            days: number;
            from: components["schemas"]["Instant"];
            /** @description the post in charge while this one is vacant */
            held_by: string | null;
            officer: components["schemas"]["Officer"] | null;
            post: string;
            post_kind: string;
            post_name: string;
            /** @description what this desk is for, in one phrase */
            purpose: string;
            /** @description code */
            reason: string;
            reason_text: string;
            seconds: number;
            to: components["schemas"]["Instant"] | null;
            unit_name: string;
            vacant: boolean;
        };
        Draft: {
            expires_at: components["schemas"]["Instant"] | null;
            /** Format: uuid */
            form_id: string;
            /** @enum {string} */
            language: "hi" | "en";
            /** @description 12 digits with which it can be finished elsewhere, for 7 days */
            resume: string;
            screen: string;
            token: string;
            values: {
                [key: string]: unknown;
            };
        };
        /** @description Values are laid over those kept, key by key; null removes one */
        DraftChange: {
            /** @enum {string} */
            language?: "hi" | "en";
            screen?: string;
            /** @default {} */
            values: {
                [key: string]: unknown;
            };
        };
        DraftStart: {
            /**
             * @default hi
             * @enum {string}
             */
            language: "hi" | "en";
        };
        Due: {
            at: components["schemas"]["Instant"];
            authority: string;
            /** @description negative once it has passed */
            days_left: number;
            kind: components["schemas"]["ClockKind"];
            name: string;
            on: components["schemas"]["Day"];
            rule: string;
            steps: string[];
        };
        Duty: {
            authority: string;
            /** @enum {string} */
            basis: "express" | "by-correspondence";
            /** @description code */
            duty: string;
            text: string;
        };
        EarlierComplaint: {
            /** @description its age, from its own day */
            days: number | null;
            number: string | null;
            officer: string | null;
            on: components["schemas"]["Day"] | null;
            refused: boolean;
            /**
             * @description as she told it, or as an FIR that was joined
             * @enum {string}
             */
            source: "as-told" | "on-record";
            station: string | null;
            year: number | null;
        };
        Edition: {
            definitions: string;
            licence: string;
            made_at: string;
            /** @description of the edition; it tells of everything recorded before */
            month: string;
            months: {
                law: components["schemas"]["PublicFigures"];
                month: string;
                target: components["schemas"]["PublicFigures"];
            }[];
            own: {
                law: components["schemas"]["PublicFigures"];
                target: components["schemas"]["PublicFigures"];
            };
            parts: {
                law: components["schemas"]["PublicFigures"];
                name: string;
                target: components["schemas"]["PublicFigures"];
                unit: string;
            }[];
            unit: string;
        };
        Ending: {
            dates: {
                for: string;
                on: components["schemas"]["Day"];
            }[];
            events: {
                accused: number | null;
                /** @enum {string} */
                kind: "cognizance" | "closure-accepted" | "closure-rejected" | "protest-petition" | "accused-appeared" | "copies-supplied" | "charges-framed" | "discharged" | "child-evidence-recorded" | "judgment" | "appeal-filed" | "appeal-decided" | "quashed" | "abated";
                kind_text: string;
                on: components["schemas"]["Day"];
                result: string | null;
            }[];
            feedback: {
                at: components["schemas"]["Instant"];
                stage: string;
            }[];
            feedback_asked: boolean;
            may_object: boolean;
            /** @description what was sent to court and what it means, in plain sentences */
            meaning: string[];
            /** @description of a report that closes: when she first read of it, and until when an objection is waited for */
            notice: {
                /**
                 * @description a promise of the police; no section of law gives it
                 * @constant
                 */
                kind: "police-target";
                object_by: components["schemas"]["Day"];
                read_at: components["schemas"]["Instant"];
            } | null;
            objections: components["schemas"]["Objection"][];
            said: {
                at: components["schemas"]["Instant"];
                settled: boolean;
            }[];
            /** @description her last word; “closed” is the police’s */
            settled: boolean | null;
        };
        ExchangeSigned: {
            /** @description Ed25519 over "itsso-exchange/1 ", what it is, a line feed and the text; base64url */
            signature: string;
            /** @description generation of the key */
            signed_by: number;
            /** @description JSON, as it was signed */
            text: string;
        };
        FeedbackForm: {
            /** @enum {string} */
            again?: "yes" | "maybe" | "no";
            /** @enum {string} */
            called?: "no" | "once" | "more";
            /** @enum {string} */
            pressed?: "no" | "yes" | "not-said";
            /** @enum {string} */
            respect?: "yes" | "mostly" | "no";
            text?: string;
        };
        Filed: {
            callback_by: components["schemas"]["Instant"];
            /**
             * @description the two words a true caller says first
             * @example नीम दीपक
             */
            caller_phrase: string;
            /** @description how the client it was filed through is told of it (webhook status-changed) */
            client_ref?: string;
            mobile_masked: string;
            /**
             * @description 16 digits in groups of four: her private code
             * @example 4471 9028 6153 7702
             */
            receipt: string;
            sign_by: components["schemas"]["Instant"] | null;
        };
        Fir: {
            number: string;
            recorded_at: components["schemas"]["Instant"];
            year: number;
        };
        FixesTaken: {
            /** @description of the taken, so many were too old for their vehicle to be sent by: is the clock right? */
            stale: number;
            taken: number;
            unknown: number;
        };
        /** @enum {string} */
        GuardianRelation: "mother" | "father" | "husband" | "guardian" | "other";
        /** @enum {string} */
        GuardianSafe: "safe" | "unsafe" | "accused" | "unsure";
        /** @enum {string} */
        Happened: "rape" | "molestation" | "stalking" | "voyeurism" | "cyber" | "domestic_cruelty" | "dowry" | "marriage" | "acid" | "trafficking" | "kidnapping" | "child" | "miscarriage" | "workplace" | "atrocity" | "identity_disclosure" | "police_duty" | "ancillary" | "other";
        HearingChoice: {
            by_phone: boolean;
            time: number;
        };
        HearingConsent: {
            given: boolean;
        };
        HearingGuest: {
            /** @enum {string} */
            role: "support" | "interpreter";
        };
        HearingIce: {
            /** @description seconds */
            expires_in: number;
            iceServers: {
                credential: string;
                urls: string[];
                username: string;
            }[];
            /** @enum {string} */
            iceTransportPolicy: "relay" | "all";
        };
        HearingOthers: {
            by_phone: boolean;
            text?: string;
            woman: boolean;
        };
        HearingSeat: {
            /** @enum {string} */
            kind: "video" | "audio" | "phone";
            /** @enum {string} */
            role: "her" | "officer" | "support" | "interpreter";
            /** Format: uuid */
            seat: string;
        };
        HearingTalk: {
            /** @default false */
            call_me: boolean;
            /** @default [] */
            got: string[];
            /** @default [] */
            said: {
                text: string;
                /** Format: uuid */
                to: string;
            }[];
            /** Format: uuid */
            seat: string;
            /**
             * @default none
             * @enum {string}
             */
            way: "video" | "audio" | "none";
        };
        HearingTalked: {
            /** @description she asks to be called by phone */
            asks_call: boolean;
            consent: boolean;
            recording: boolean;
            seats: {
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                role: "her" | "officer" | "support" | "interpreter";
                /** @enum {string} */
                way: "video" | "audio" | "none";
            }[];
            signals: {
                /** Format: uuid */
                from: string;
                /** Format: uuid */
                id: string;
                text: string;
            }[];
        };
        HerDocument: {
            /** Format: uuid */
            id: string;
            issued_at: components["schemas"]["Instant"];
            kind: string;
            /** @enum {string} */
            language: "hi" | "en";
            name: string;
            number: string;
            opened_at: components["schemas"]["Instant"] | null;
            post_name: string | null;
            sha256: string;
            size: number;
        };
        HerHearing: {
            /** @enum {string} */
            about: "statement" | "clarification" | "progress" | "other";
            /** @description to a recording; null: never asked */
            consent: boolean | null;
            events: {
                at: components["schemas"]["Instant"];
                /** @description of `held` */
                how: ("video" | "audio" | "phone") | null;
                minutes: number | null;
                /** @description null: she, or the clock */
                post_name: string | null;
                /** @description of `cancelled` and `not-held` */
                reason: string | null;
                /** @enum {string} */
                what: "offered" | "chosen" | "asked-others" | "cancelled" | "brings" | "joined" | "called" | "lapsed" | "recording-began" | "recording-kept" | "held" | "not-held";
                words: string | null;
            }[];
            guests: {
                /** @enum {string} */
                role: "support" | "interpreter";
                /** @description tried wrong ten times: the code opens nothing any more */
                shut: boolean;
                used: boolean;
            }[];
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "video" | "audio" | "phone";
            /** @description from when the room is open */
            opens_at: components["schemas"]["Instant"] | null;
            /** @description the post that hears her */
            post_name: string | null;
            recordings: {
                at: components["schemas"]["Instant"];
                ended_at: components["schemas"]["Instant"] | null;
                /** @description the exhibit that it became, with its SHA-256 */
                exhibit: number | null;
                id: string | null;
            }[];
            starts_at: components["schemas"]["Instant"] | null;
            /**
             * @description `lapsed`: at her time nobody of the police came; she may choose again
             * @enum {string}
             */
            state: "offered" | "asked" | "chosen" | "lapsed" | "held" | "not-held" | "cancelled";
            text: string | null;
            /** @description on offer now */
            times: {
                at: components["schemas"]["Instant"];
                n: number;
            }[];
            /** @description null: the room is open */
            why_not_join: string | null;
            /** @description only a woman officer hears her: the section asks it, or she does */
            woman_officer: boolean;
        };
        /**
         * Format: date-time
         * @description ISO 8601 with offset, in India
         * @example 2026-03-05T10:00:00+05:30
         */
        Instant: string;
        Message: {
            at: components["schemas"]["Instant"];
            files: {
                exhibit: number;
                kind: string;
            }[];
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "hers" | "desk" | "progress";
            /** @description null: hers, or sent by the clock in the name of the post */
            officer: string | null;
            post_name: string | null;
            /** @description of a progress message (BNSS 193(3)(ii)): its sentences; `text` is what an officer added */
            progress: string[] | null;
            /** @description when the other side first opened it */
            seen_at: components["schemas"]["Instant"] | null;
            text: string;
        };
        MessageForm: {
            /** @default  */
            text: string;
            /** @default [] */
            uploads: string[];
        };
        Nothing: Record<string, never>;
        Objection: {
            answer: {
                at: components["schemas"]["Instant"];
                officer: string | null;
                /** @enum {string} */
                outcome: "explained" | "directed" | "further-inquiry" | "reopened" | "told-court" | "stands";
                post_name: string | null;
                text: string;
            } | null;
            at: components["schemas"]["Instant"];
            due: {
                at: components["schemas"]["Instant"];
                /**
                 * @description a promise of the police; no section of law gives it
                 * @constant
                 */
                kind: "police-target";
            };
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "objection" | "not-settled";
            /** @enum {string} */
            state: "running" | "late" | "answered" | "taken-back";
            text: string | null;
            with: {
                at: components["schemas"]["Instant"];
                post_name: string | null;
            }[];
        };
        ObjectionForm: {
            text: string;
        };
        Offence: {
            act: string;
            act_name: string;
            bailable: boolean | null;
            bailable_note: string | null;
            /** @description code */
            category: string;
            category_name: string;
            /** @description beside those that every case has */
            clocks: components["schemas"]["BroughtClock"][];
            cognizable: (boolean | "conditional") | null;
            cognizable_note: string | null;
            corresponds_to: components["schemas"]["Counterpart"][];
            court: string | null;
            duties: components["schemas"]["Duty"][];
            in_force_from: components["schemas"]["Day"] | null;
            in_force_to: components["schemas"]["Day"] | null;
            punishment: string | null;
            section: string;
            /** @description in the language of the answer, else in the other */
            title: string;
            title_en: string | null;
            title_hi: string | null;
            /** @description named in the statutory list of two months */
            two_month: boolean;
            /** @description the section that lists it */
            two_month_basis: string | null;
            /** @description for anyone but an officer these fields are null */
            unverified_fields: string[];
            /** @description false: not checked in its source; seen by officers only */
            verified: boolean;
        };
        Officer: {
            name: string;
            rank: string;
        };
        /** @enum {string} */
        OrderState: "ordered" | "accepted" | "en-route" | "arrived" | "settled" | "done" | "declined" | "silent" | "released" | "practice";
        /** @enum {string} */
        PlaceType: "home" | "public" | "workplace" | "school" | "transport" | "online" | "custody" | "other";
        /** @description RFC 9457 */
        Problem: {
            /**
             * @description kebab-case, stable
             * @example not-found
             */
            code: string;
            fields?: {
                code: string;
                message: string;
                path: string;
            }[];
            request_id: string;
            status: number;
            /** @description what went wrong, in the language of Accept-Language */
            title: string;
            /** @description urn:itsso:problem: and the code */
            type: string;
        };
        Proofs: {
            checkpoint: string;
            entries: {
                about: string;
                fingerprint: string;
                index?: number;
                /** @description signed, while the entry has no place yet */
                promise?: string;
                /** @description SHA-256, base64, in the order of RFC 9162 */
                proof?: string[];
                /** @description µs since 1970 */
                time: number;
            }[];
            key: string;
            /** @constant */
            v: 1;
        };
        PublicFigures: {
            /** @description null: small, or another could be told from it */
            completed: number | null;
            /** @description null: small, or another could be told from it */
            compliance_rate: number | null;
            /** @description null: small, or another could be told from it */
            disposal_rate: number | null;
            /** @description of these, due date before the edition; null: left out */
            due: number | null;
            /** @description of the due, first report at court in time; null: left out */
            in_time: number | null;
            /** @description null: small, or another could be told from it */
            registered: number | null;
        };
        /** @enum {string} */
        ReporterRelation: "self" | "parent_guardian" | "relative" | "friend" | "ngo_worker" | "hospital" | "witness" | "other";
        Session: {
            expires_at: components["schemas"]["Instant"];
            token: string;
        };
        SettledForm: {
            settled: boolean;
            text?: string;
        };
        SosAlert: {
            /**
             * Format: date-time
             * @example 2026-03-05T10:00:00+05:30
             */
            at?: string;
            /** @description where no point is known: which control room looks for her */
            district?: string;
            /** @default false */
            drill: boolean;
            /**
             * Format: uuid
             * @description drawn on the phone: a repeated sending is the same alarm
             */
            form_id?: string;
            /**
             * @description seconds in which a cancel stops it; then it goes, whatever has become of the phone
             * @default 0
             */
            hold_s: number;
            place_text?: string;
            point?: {
                accuracy_m?: number;
                /**
                 * Format: date-time
                 * @example 2026-03-05T10:00:00+05:30
                 */
                fixed_at?: string;
                lat: number;
                lon: number;
            } | null;
            /**
             * Format: date-time
             * @description the phone's own hour as it sends: what it tells then counts as so long ago, however wrong its clock is
             * @example 2026-03-05T10:00:00+05:30
             */
            sent_at?: string;
            /** @default false */
            silent: boolean;
        };
        SosAlertFacts: {
            /** Format: uuid */
            alert: string;
            at: components["schemas"]["Instant"];
            /** @constant */
            call: "112";
            complaint: boolean;
            drill: boolean;
            /** @description four digits that she says to a crew after it has said its own: what proves that it is there. With her key or token only */
            her_number: string | null;
            her_word: string | null;
            number: number;
            place: {
                fixed_at: components["schemas"]["Instant"] | null;
                /** @description as a point */
                known: boolean;
                /** @description in words, for the control room to look for */
                written: boolean;
            };
            /** @description the lead has reported; her yes is waited for */
            report_waits: boolean;
            /** @description why fewer come than are wanted */
            short_of: string | null;
            silent: boolean;
            state: components["schemas"]["AlertState"];
            /** @description the control room says that it has told 112 */
            told_112: boolean;
            units: {
                call_sign: string;
                /**
                 * @description what the minutes are reckoned from
                 * @enum {string}
                 */
                eta_by: "distance" | "learnt" | "router";
                eta_s: number | null;
                lead: boolean;
                /** @description said yes and is not heard of any more: not counted on */
                lost: boolean;
                /** @description two digits that the crew says first */
                match_code: string;
                /** Format: uuid */
                order: string;
                plate: string;
                state: components["schemas"]["OrderState"];
            }[];
            wanted: number;
        };
        SosAsked: {
            /**
             * Format: uuid
             * @description goes with the code: what was written here counts when it is confirmed
             */
            asked: string;
        };
        SosCancel: {
            pin?: string;
        };
        SosComplaint: {
            age: number;
            /** @constant */
            agreed: true;
            mobile?: string;
            name?: string;
        };
        SosConfirm: {
            /**
             * Format: uuid
             * @description which asking this code belongs to, as it was answered
             */
            asked?: string;
            code: string;
            duress_pin: string;
            mobile: string;
            pin: string;
        };
        SosDevice: {
            device_token: string;
            expires_at: components["schemas"]["Instant"];
        };
        SosFixes: {
            fixes: {
                accuracy_m?: number;
                /**
                 * Format: date-time
                 * @example 2026-03-05T10:00:00+05:30
                 */
                at: string;
                lat: number;
                lon: number;
            }[];
            /**
             * Format: date-time
             * @description the phone's own hour as it sends: what it tells then counts as so long ago, however wrong its clock is
             * @example 2026-03-05T10:00:00+05:30
             */
            sent_at?: string;
        };
        SosRaised: {
            /** @description the same press, or the same number, as an alarm that is open already */
            again: boolean;
            /** Format: uuid */
            alert: string;
            at: components["schemas"]["Instant"];
            /** @constant */
            call: "112";
            complaint: boolean;
            drill: boolean;
            /** @description four digits that she says to a crew after it has said its own: what proves that it is there. With her key or token only */
            her_number: string | null;
            her_word: string | null;
            number: number;
            place: {
                fixed_at: components["schemas"]["Instant"] | null;
                /** @description as a point */
                known: boolean;
                /** @description in words, for the control room to look for */
                written: boolean;
            };
            /** @description the lead has reported; her yes is waited for */
            report_waits: boolean;
            /** @description why fewer come than are wanted */
            short_of: string | null;
            silent: boolean;
            state: components["schemas"]["AlertState"];
            /** @description key to this alarm for whoever has no device token */
            token: string | null;
            /** @description the control room says that it has told 112 */
            told_112: boolean;
            units: {
                call_sign: string;
                /**
                 * @description what the minutes are reckoned from
                 * @enum {string}
                 */
                eta_by: "distance" | "learnt" | "router";
                eta_s: number | null;
                lead: boolean;
                /** @description said yes and is not heard of any more: not counted on */
                lost: boolean;
                /** @description two digits that the crew says first */
                match_code: string;
                /** Format: uuid */
                order: string;
                plate: string;
                state: components["schemas"]["OrderState"];
            }[];
            wanted: number;
        };
        SosRegistration: {
            /** @description somebody to call; kept sealed */
            emergency_contact?: string;
            /** @description the district or zone she lives in */
            home?: string;
            /**
             * @default hi
             * @enum {string}
             */
            language: "hi" | "en";
            mobile: string;
            name?: string;
        };
        SosSafe: {
            place_text?: string;
            /**
             * @default safe
             * @enum {string}
             */
            word: "safe" | "here";
        };
        SosSound: {
            /**
             * @description she has switched sound on; of a registered phone her registration says it
             * @default false
             */
            agreed: boolean;
            /**
             * Format: date-time
             * @description when it begins, by the phone
             * @example 2026-03-05T10:00:00+05:30
             */
            at: string;
            /**
             * Format: uuid
             * @description drawn on the phone: a repeated sending is the same piece
             */
            piece: string;
            /** Format: base64 */
            sound: string;
        };
        SosSoundTaken: {
            /** @description of this alarm by now */
            pieces: number;
        };
        /** @enum {string} */
        SpokenLanguage: "hi" | "en" | "ur" | "awa" | "bho" | "bra" | "bns" | "as" | "bn" | "brx" | "doi" | "gu" | "kn" | "kok" | "ks" | "mai" | "ml" | "mni" | "mr" | "ne" | "or" | "pa" | "sa" | "sat" | "sd" | "ta" | "te" | "ins" | "other";
        /** @enum {string} */
        Stage: "sent" | "called" | "on-record" | "inquiry" | "report" | "court";
        /** @enum {string} */
        State: "submitted" | "confirmed" | "received" | "signed" | "investigating" | "report-submitted" | "report-approved" | "forwarded" | "closed" | "refused" | "transferred" | "handed-over";
        Statistics: {
            definitions: string;
            licence: string;
            made_at: string;
            /** @description of the edition; it tells of everything recorded before */
            month: string;
            months: {
                law: components["schemas"]["PublicFigures"];
                month: string;
                target: components["schemas"]["PublicFigures"];
            }[];
            nation: {
                law: components["schemas"]["PublicFigures"];
                target: components["schemas"]["PublicFigures"];
            };
            states: {
                law: components["schemas"]["PublicFigures"];
                name: string;
                target: components["schemas"]["PublicFigures"];
                unit: string;
            }[];
        };
        StatusChanged: {
            /** @description when it changed */
            at: components["schemas"]["Instant"];
            /** @description client_ref of the answer with which it was filed */
            complaint: string;
            /**
             * @description of the message; the same at every try
             * @example msg_6a0c…
             */
            id: string;
            /** @constant */
            kind: "status-changed";
        };
        SummonAnswer: {
            /** @enum {string} */
            answer: "come" | "at-home" | "woman-officer" | "online" | "another-time";
            text?: string;
        };
        Summons: {
            agreed: boolean | null;
            answers: {
                /** @enum {string} */
                answer: "come" | "at-home" | "woman-officer" | "online" | "another-time";
                at: components["schemas"]["Instant"];
                text: string | null;
            }[];
            asked_at: components["schemas"]["Instant"];
            at: components["schemas"]["Instant"];
            /** @description neither named by law nor the one visit that is promised */
            beyond: boolean;
            /** @description why not at her home or online */
            cannot: string | null;
            /**
             * Format: uuid
             * @description for `POST /track/summons/{id}/answer` and the step `summon-result`
             */
            id: string;
            /** @description the section that names this occasion; null where none does */
            law: string | null;
            post_name: string;
            result: {
                at: components["schemas"]["Instant"];
                /** @enum {string} */
                result: "attended" | "heard-at-home" | "heard-online" | "not-needed" | "not-held";
            } | null;
            /** @description where, and why in words */
            told: string | null;
            /** @description one of the reasons of the step `summon`; older rows may hold others */
            why: string;
            why_text: string;
        };
        Thread: {
            /** @description while a message of hers waits */
            answer_due: {
                at: components["schemas"]["Instant"];
                /**
                 * @description a promise of the police; no section of law gives it
                 * @constant
                 */
                kind: "police-target";
            } | null;
            items: components["schemas"]["Message"][];
        };
        Totals: {
            charge_sheeted: number;
            /** @description charge sheets / disposals of the period, % (NCRB) */
            charge_sheeting_rate: number | null;
            /** @description of these, with a report before the court */
            completed: number;
            /** @description completed, first report on or before the due date, even where that lies ahead */
            completed_in_time: number;
            /** @description of registered_two_months_ago, first report on or before the due date */
            completed_in_two_months: number;
            /** @description completed_in_two_months / registered_two_months_ago, % */
            compliance_rate: number | null;
            /** @description completed / registered, % */
            disposal_rate: number | null;
            /** @description of the final reports, those that say: false */
            false_reported: number;
            final_reported: number;
            /** @description days from recording to report, of the completed */
            median_days: number | null;
            /** @description pending when the period began (NCRB) */
            opening: number;
            /** @description nine in ten were done within so many days */
            p90_days: number | null;
            /** @description pending at the end / total_for_investigation, % (NCRB) */
            pendency_ncrb: number | null;
            /** @description pending_beyond / registered, % */
            pendency_rate: number | null;
            /** @description neither completed nor transferred to another force nor quashed */
            pending: number;
            /** @description pending, due date before today */
            pending_beyond: number;
            pending_within: number;
            quashed: number;
            /** @description FIRs recorded in the period */
            registered: number;
            /** @description due date before today */
            registered_two_months_ago: number;
            reopened: number;
            /** @description opening + registered (NCRB) */
            total_for_investigation: number;
            transferred: number;
        };
        Track: {
            appearances: components["schemas"]["Appearances"];
            as_of: components["schemas"]["Instant"];
            /** @description until she is confirmed */
            callback: {
                attempts: number;
                due_at: components["schemas"]["Instant"];
                talking: boolean;
            } | null;
            clocks: components["schemas"]["Clock"][];
            concerns: components["schemas"]["Concern"][];
            days_pending: number;
            delays: components["schemas"]["Delay"][];
            desks: components["schemas"]["DeskStay"][];
            documents: components["schemas"]["HerDocument"][];
            due: components["schemas"]["Due"] | null;
            earlier: components["schemas"]["EarlierComplaint"] | null;
            ending: components["schemas"]["Ending"];
            fir: components["schemas"]["Fir"] | null;
            hearings: components["schemas"]["HerHearing"][];
            messages: components["schemas"]["Message"][];
            next: {
                by: components["schemas"]["Instant"] | null;
                code: string;
                what: string;
                who: string;
            };
            now_with: {
                days: number;
                held_by: string | null;
                office_phone: string | null;
                officer: components["schemas"]["Officer"] | null;
                post: string;
                post_name: string;
                purpose: string;
                since: components["schemas"]["Instant"];
                unit_name: string;
                vacant: boolean;
            };
            number: string | null;
            openings: {
                at: components["schemas"]["Instant"];
                post: string;
                purpose: string;
                until: components["schemas"]["Instant"];
            }[];
            orders: components["schemas"]["CourtOrder"][];
            outcome: string | null;
            /** @description the log’s latest checkpoint; /track/proof proves her record against it */
            proof: {
                at: string;
                root: string;
                size: number;
            } | null;
            /** @description why the station did not register it, in its own words */
            refusal: {
                at: components["schemas"]["Instant"];
                reason: string | null;
                upheld: {
                    at: components["schemas"]["Instant"];
                    reason: string | null;
                } | null;
            } | null;
            report: {
                court: string | null;
                forwarded_at: components["schemas"]["Instant"] | null;
                kind: string;
                reason: string | null;
            } | null;
            signed_at: components["schemas"]["Instant"] | null;
            stage: components["schemas"]["Stage"];
            state: components["schemas"]["State"];
            submitted_at: components["schemas"]["Instant"];
            /** @description recorded at another station first, whatever the area; the two months run from here */
            zero_fir: {
                number: string;
                recorded_at: components["schemas"]["Instant"];
                year: number;
            } | null;
        };
        TrackByNumber: {
            code: string;
            mobile: string;
            number: string;
        };
        TrackByReceipt: {
            receipt: string;
        };
        TrackCodeRequest: {
            mobile: string;
            number: string;
        };
        VehicleFixes: {
            fixes: {
                accuracy_m?: number;
                /** @description instead of `at`: how long ago it was, by a stopwatch */
                age_s?: number;
                /**
                 * Format: date-time
                 * @example 2026-03-05T10:00:00+05:30
                 */
                at?: string;
                lat: number;
                lon: number;
                speed_kmh?: number;
                /** @description id of the vehicle (of its post) or its call sign */
                vehicle: string;
            }[];
            /**
             * Format: date-time
             * @description the sender's own hour as it sends: with it each `at` counts as so long ago, however wrong that clock is; without it the clock is believed
             * @example 2026-03-05T10:00:00+05:30
             */
            sent_at?: string;
        };
        Watched: {
            ageing: {
                all: {
                    [key: string]: number;
                };
                law: {
                    [key: string]: number;
                };
                target: {
                    [key: string]: number;
                };
            };
            /** @description all cases */
            all: components["schemas"]["Totals"];
            as_of: components["schemas"]["Instant"];
            children: {
                /** @description all cases */
                all: components["schemas"]["Totals"];
                charge_sheeted: number;
                /** @description charge sheets / disposals of the period, % (NCRB) */
                charge_sheeting_rate: number | null;
                /** @description of these, with a report before the court */
                completed: number;
                /** @description completed, first report on or before the due date, even where that lies ahead */
                completed_in_time: number;
                /** @description of registered_two_months_ago, first report on or before the due date */
                completed_in_two_months: number;
                /** @description completed_in_two_months / registered_two_months_ago, % */
                compliance_rate: number | null;
                /** @description completed / registered, % */
                disposal_rate: number | null;
                /** @description of the final reports, those that say: false */
                false_reported: number;
                final_reported: number;
                /** @description cases with the limit of BNSS 193(2) */
                law: components["schemas"]["Totals"];
                level: string;
                /** @description days from recording to report, of the completed */
                median_days: number | null;
                name: string;
                /** @description pending when the period began (NCRB) */
                opening: number;
                /** @description nine in ten were done within so many days */
                p90_days: number | null;
                /** @description pending at the end / total_for_investigation, % (NCRB) */
                pendency_ncrb: number | null;
                /** @description pending_beyond / registered, % */
                pendency_rate: number | null;
                /** @description neither completed nor transferred to another force nor quashed */
                pending: number;
                /** @description pending, due date before today */
                pending_beyond: number;
                pending_within: number;
                quashed: number;
                /** @description FIRs recorded in the period */
                registered: number;
                /** @description due date before today */
                registered_two_months_ago: number;
                reopened: number;
                /** @description the others: a target of the police */
                target: components["schemas"]["Totals"];
                /** @description opening + registered (NCRB) */
                total_for_investigation: number;
                transferred: number;
                unit: string;
            }[];
            desks: {
                desk_kind: string;
                median_days: number | null;
                p90_days: number | null;
                stays: number;
                waiting: number;
            }[];
            /** @description cases with the limit of BNSS 193(2) */
            law: components["schemas"]["Totals"];
            months: {
                /** @description all cases */
                all: components["schemas"]["Totals"];
                charge_sheeted: number;
                /** @description charge sheets / disposals of the period, % (NCRB) */
                charge_sheeting_rate: number | null;
                /** @description of these, with a report before the court */
                completed: number;
                /** @description completed, first report on or before the due date, even where that lies ahead */
                completed_in_time: number;
                /** @description of registered_two_months_ago, first report on or before the due date */
                completed_in_two_months: number;
                /** @description completed_in_two_months / registered_two_months_ago, % */
                compliance_rate: number | null;
                /** @description completed / registered, % */
                disposal_rate: number | null;
                /** @description of the final reports, those that say: false */
                false_reported: number;
                final_reported: number;
                /** @description cases with the limit of BNSS 193(2) */
                law: components["schemas"]["Totals"];
                /** @description days from recording to report, of the completed */
                median_days: number | null;
                month: string;
                /** @description pending when the period began (NCRB) */
                opening: number;
                /** @description nine in ten were done within so many days */
                p90_days: number | null;
                /** @description pending at the end / total_for_investigation, % (NCRB) */
                pendency_ncrb: number | null;
                /** @description pending_beyond / registered, % */
                pendency_rate: number | null;
                /** @description neither completed nor transferred to another force nor quashed */
                pending: number;
                /** @description pending, due date before today */
                pending_beyond: number;
                pending_within: number;
                quashed: number;
                /** @description FIRs recorded in the period */
                registered: number;
                /** @description due date before today */
                registered_two_months_ago: number;
                reopened: number;
                /** @description the others: a target of the police */
                target: components["schemas"]["Totals"];
                /** @description opening + registered (NCRB) */
                total_for_investigation: number;
                transferred: number;
            }[];
            name: string;
            /** @description the others: a target of the police */
            target: components["schemas"]["Totals"];
            totals: components["schemas"]["Totals"];
            unit: string;
        };
        /** @enum {string} */
        WhenPrecision: "exact" | "day" | "month" | "year" | "unknown";
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getCalendarSecretIcs: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar": string;
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postComplaints: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
                /** @description Printable ASCII. The same key and body gives the first answer again; another body gives 409. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Complaint"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Filed"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postComplaintsCode: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
                /** @description Printable ASCII. The same key and body gives the first answer again; another body gives 409. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postDrafts: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DraftStart"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putDraftsResume: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path: {
                resume: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DraftChange"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postExchangeParcels: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeSigned"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postExchangeParts: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeSigned"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExchangeStations: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeSigned"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFigures: {
        parameters: {
            query: {
                unit: string;
            };
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Edition"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFiguresLive: {
        parameters: {
            query: {
                from?: string;
                group?: "all" | "rape" | "pocso" | "molestation" | "stalking" | "cyber" | "domestic" | "dowry" | "kidnapping" | "trafficking" | "acid" | "other";
                to?: string;
                unit: string;
            };
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Watched"];
                    "text/csv": string;
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHearingsIdIce: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HearingIce"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postHearingsIdJoin: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HearingSeat"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postHearingsIdSignal: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HearingTalk"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HearingTalked"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLawOffences: {
        parameters: {
            query?: {
                after?: string;
                /** @description plain-words category */
                category?: "rape" | "molestation" | "stalking" | "voyeurism" | "cyber" | "domestic_cruelty" | "dowry" | "marriage" | "acid" | "trafficking" | "kidnapping" | "child" | "miscarriage" | "workplace" | "atrocity" | "identity_disclosure" | "police_duty" | "ancillary";
                limit?: number;
                /** @description day of the deed: picks IPC or BNS */
                on?: string;
                q?: string;
            };
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Offence"][];
                        /** @description for ?after=; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLogCheckpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        checkpoint: components["schemas"]["Checkpoint"];
                        key: string;
                    };
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLogCheckpoints: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checkpoint"][];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLogProof: {
        parameters: {
            query: {
                first?: number;
                index?: number;
                size: number;
            };
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description SHA-256, base64, in the order of RFC 9162 */
                        hashes: string[];
                    };
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenapiJson: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSosAlerts: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
                /** @description Printable ASCII. The same key and body gives the first answer again; another body gives 409. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SosAlert"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SosRaised"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSosAlertsAlert: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path: {
                alert: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SosAlertFacts"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSosAlertsAlertCancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path: {
                alert: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SosCancel"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SosAlertFacts"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSosAlertsAlertComplaint: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path: {
                alert: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SosComplaint"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Filed"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSosAlertsAlertFixes: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path: {
                alert: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SosFixes"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SosAlertFacts"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSosAlertsAlertSafe: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path: {
                alert: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SosSafe"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SosAlertFacts"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSosAlertsAlertSound: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
                /** @description Printable ASCII. The same key and body gives the first answer again; another body gives 409. */
                "idempotency-key"?: string;
            };
            path: {
                alert: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SosSound"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SosSoundTaken"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Refused */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSosRegistrations: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
                /** @description Printable ASCII. The same key and body gives the first answer again; another body gives 409. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SosRegistration"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SosAsked"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSosRegistrationsConfirm: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SosConfirm"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SosDevice"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStatistics: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statistics"];
                    "text/csv": string;
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTrack: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Track"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTrackCodes: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrackCodeRequest"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTrackConcerns: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        desks: components["schemas"]["DeskSilence"][];
                        items: components["schemas"]["Concern"][];
                    };
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTrackConcerns: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
                /** @description Printable ASCII. The same key and body gives the first answer again; another body gives 409. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConcernForm"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        desks: components["schemas"]["DeskSilence"][];
                        items: components["schemas"]["Concern"][];
                    };
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTrackDocumentsId: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTrackEnding: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ending"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTrackFeedback: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
                /** @description Printable ASCII. The same key and body gives the first answer again; another body gives 409. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeedbackForm"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ending"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTrackFilesExhibit: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path: {
                exhibit: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTrackHearings: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["HerHearing"][];
                    };
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTrackHearingsIdCancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
                /** @description Printable ASCII. The same key and body gives the first answer again; another body gives 409. */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["HerHearing"][];
                    };
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTrackHearingsIdChoose: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
                /** @description Printable ASCII. The same key and body gives the first answer again; another body gives 409. */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HearingChoice"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["HerHearing"][];
                    };
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTrackHearingsIdConsent: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
                /** @description Printable ASCII. The same key and body gives the first answer again; another body gives 409. */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HearingConsent"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["HerHearing"][];
                    };
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTrackHearingsIdGuests: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HearingGuest"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                    };
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTrackHearingsIdOthers: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
                /** @description Printable ASCII. The same key and body gives the first answer again; another body gives 409. */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HearingOthers"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["HerHearing"][];
                    };
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTrackMessages: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Thread"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTrackMessages: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
                /** @description Printable ASCII. The same key and body gives the first answer again; another body gives 409. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageForm"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Thread"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTrackObjections: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
                /** @description Printable ASCII. The same key and body gives the first answer again; another body gives 409. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ObjectionForm"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ending"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTrackProof: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proofs"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTrackSessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrackByNumber"] | components["schemas"]["TrackByReceipt"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTrackSettled: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
                /** @description Printable ASCII. The same key and body gives the first answer again; another body gives 409. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettledForm"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ending"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTrackSummonsIdAnswer: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
                /** @description Printable ASCII. The same key and body gives the first answer again; another body gives 409. */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SummonAnswer"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Appearances"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Does not exist, or is not to be seen by this caller: the same answer */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The matter stands differently, or the Idempotency-Key came with another body */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postVehiclesFixes: {
        parameters: {
            query?: never;
            header?: {
                /** @description hi (default) or en */
                "accept-language"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VehicleFixes"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FixesTaken"];
                };
            };
            /** @description Not JSON, or an Idempotency-Key that cannot be printed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that answers to nobody */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not in the power of this post */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not application/json */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something in it needs putting right; `fields` says what */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    statusChanged: {
        parameters: {
            query?: never;
            header: {
                /** @description the same at every try: take a message once */
                "webhook-id": string;
                /** @description Standard Webhooks: v1, and HMAC-SHA-256 in base64 of id.timestamp.body; several, set apart by spaces, while the secret is changed */
                "webhook-signature": string;
                /** @description seconds since 1970; refuse what is older than five minutes */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatusChanged"];
            };
        };
        responses: {
            /** @description Taken. Anything but 2xx is tried again; 410 ends it */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
