/** The parts of the previewed bodies that people see. */

interface Text {
  readonly text: string;
}

export interface SlackBody {
  readonly blocks: readonly SlackBlock[];
}

export type SlackBlock =
  | { readonly type: 'header'; readonly text: Text }
  | { readonly type: 'section'; readonly text?: Text; readonly fields?: readonly Text[] }
  | {
      readonly type: 'actions';
      readonly elements: readonly { readonly text: Text; readonly url: string }[];
    }
  | { readonly type: 'context'; readonly elements: readonly Text[] };

export interface TeamsBody {
  readonly attachments: readonly {
    readonly content: {
      readonly body: readonly TeamsElement[];
      readonly actions?: readonly { readonly title: string; readonly url: string }[];
    };
  }[];
}

type TeamsElement =
  | { readonly type: 'TextBlock'; readonly text: string }
  | {
      readonly type: 'FactSet';
      readonly facts: readonly { readonly title: string; readonly value: string }[];
    };

export interface SmsBody {
  readonly Body: string;
}

export interface PagerdutyBody {
  readonly event_action: string;
  readonly dedup_key: string;
  readonly payload: {
    readonly summary: string;
    readonly severity: string;
    readonly custom_details: Readonly<Record<string, string>>;
  };
}

export interface PushBody {
  readonly message: { readonly notification: { readonly title: string; readonly body: string } };
}

export interface MailBody {
  readonly message: { readonly subject: string; readonly text: string; readonly html: string };
}
