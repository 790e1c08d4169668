//! `pedigree search`: releases by what they say.

use serde_json::json;

use super::{namespace, show, Context};
use crate::args::SearchArgs;
use crate::chain::views::Query;
use crate::chain::Chain;
use crate::error::{Failure, Result};
use crate::output::count;
use crate::progress::Spinner;

pub(super) async fn run(context: &Context, args: &SearchArgs) -> Result<()> {
    let chain = context.chain().await?;
    if let Some(publisher) = &args.publisher {
        namespace::existing(&chain, publisher).await?;
    }
    let query = Query {
        name: args.name.clone(),
        namespace: args.publisher.clone(),
        kind: args.kind,
        licence: args.licence.clone(),
        relation: args.relation,
        every_release: args.every_release,
    };
    let most = usize::from(args.limit);
    let mut found = Vec::new();
    let mut pages = Chain::search(&query);
    let complete = {
        let spinner = Spinner::start(&context.output, "searching");
        let mut asked = 0u64;
        loop {
            let Some(page) = pages.next(&chain).await? else { break found.len() <= most };
            asked = asked.saturating_add(1);
            found.extend(page);
            let so_far = count(u64::try_from(found.len()).unwrap_or(u64::MAX), "release");
            spinner.say(format!("searching: {so_far} found in {}", count(asked, "page")));
            // One more than are shown tells that there are more.
            if found.len() > most {
                break false;
            }
        }
    };
    found.truncate(most);
    if found.is_empty() {
        return Err(Failure::no("no release is like that").hint(match args.every_release {
            false => "only the latest release of a record is looked at; --every-release looks at all",
            true => "ask for less: a part of the name, one of its licences",
        }));
    }
    if !complete {
        context.output.note("there are more; --limit shows them");
    }
    context.output.answer(&json!({ "releases": found, "complete": complete }), |style| show::list(style, &found))
}
