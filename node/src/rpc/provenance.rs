//! `provenance_*`: what was published, what it was built from, and how to publish more.

use super::{
    chain::Chain,
    error,
    params::{self, NamespaceRef, Param, Read, RecordRef, ReleaseRef},
};
use codec::Encode;
use jsonrpsee::{core::RpcResult, proc_macros::rpc};
use pedigree_primitives::{
    api::{
        Action, ChildView, DigestView, Direction, Lineage, LineageRequest, Page, ParentView, Prepared,
        ProvenanceApi as _, Query, RecordView, RelativeView, ReleaseView, ShareView, SignerPayload,
    },
    Bytes, DigestKind,
};
use pedigree_runtime::{opaque::Block, AccountId, Hash};
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_core::H256;
use std::sync::Arc;

/// The most that is handed to the runtime to be prepared, assembled or searched for. The largest call reveals scores for all
/// seats of a subnet, and is smaller.
const MAX_ACTION: usize = 192 * 1024;

/// What was published, what it was built from, and how to publish more.
#[rpc(server)]
pub(crate) trait ProvenanceRpc {
    /// The record of that id or name; `null` if there is none.
    #[method(name = "provenance_record", blocking)]
    fn record(&self, record: Option<Param<RecordRef>>, at: Option<Param<Hash>>) -> RpcResult<Option<RecordView>>;

    /// The release of that id or name; `null` if there is none.
    #[method(name = "provenance_release", blocking)]
    fn release(&self, release: Option<Param<ReleaseRef>>, at: Option<Param<Hash>>) -> RpcResult<Option<ReleaseView>>;

    /// The holder of a root; `null` if nobody registered it.
    #[method(name = "provenance_holder", blocking)]
    fn holder(&self, root: Option<Param<H256>>, at: Option<Param<Hash>>) -> RpcResult<Option<ReleaseView>>;

    /// All releases of these bytes.
    #[method(name = "provenance_releasesByRoot", blocking)]
    fn releases_by_root(
        &self,
        root: Option<Param<H256>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Page<ReleaseView>>;

    /// All releases that name this digest from outside the chain.
    #[method(name = "provenance_releasesByDigest", blocking)]
    fn releases_by_digest(
        &self,
        kind: Option<Param<DigestKind>>,
        value: Option<Param<Bytes>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Page<ReleaseView>>;

    /// The records of a namespace; `null` if there is no such namespace.
    #[method(name = "provenance_recordsOfNamespace", blocking)]
    fn records_of_namespace(
        &self,
        namespace: Option<Param<NamespaceRef>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Page<RecordView>>>;

    /// The releases of all records of a namespace; `null` if there is no such namespace.
    #[method(name = "provenance_releasesOfNamespace", blocking)]
    fn releases_of_namespace(
        &self,
        namespace: Option<Param<NamespaceRef>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Page<ReleaseView>>>;

    /// The releases of a record, ordered by number; `null` if there is no such record.
    #[method(name = "provenance_releasesOfRecord", blocking)]
    fn releases_of_record(
        &self,
        record: Option<Param<RecordRef>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Page<ReleaseView>>>;

    /// What a release was built from; `null` if there is no such release.
    #[method(name = "provenance_parents", blocking)]
    fn parents(
        &self,
        release: Option<Param<ReleaseRef>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Vec<ParentView>>>;

    /// What was built from a release; `null` if there is no such release.
    #[method(name = "provenance_children", blocking)]
    fn children(
        &self,
        release: Option<Param<ReleaseRef>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Page<ChildView>>>;

    /// What a release was built from or what was built from it, generation after generation, itself first; `null` if there
    /// is no such release.
    #[method(name = "provenance_lineage", blocking)]
    fn lineage(
        &self,
        release: Option<Param<ReleaseRef>>,
        direction: Option<Param<Direction>>,
        generations: Option<Param<u32>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Lineage<RelativeView>>>;

    /// The releases that a query describes.
    #[method(name = "provenance_search", blocking)]
    fn search(
        &self,
        query: Option<Param<Query>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Page<ReleaseView>>;

    /// What a payment to a release is split into; `null` if there is no such release.
    #[method(name = "provenance_royaltySplit", blocking)]
    fn royalty_split(
        &self,
        release: Option<Param<ReleaseRef>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Vec<ShareView>>>;

    /// The call for an action, what it costs, and what to sign; or the error that it would fail with.
    #[method(name = "provenance_prepare", blocking)]
    fn prepare(
        &self,
        account: Option<Param<AccountId>>,
        action: Option<Param<Action>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Prepared>;

    /// The transaction made of a prepared payload and its signature, ready for `author_submitExtrinsic`.
    #[method(name = "provenance_assemble", blocking)]
    fn assemble(
        &self,
        payload: Option<Param<SignerPayload>>,
        signature: Option<Param<Bytes>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Bytes>;
}

/// Answers `provenance_*`.
pub(super) struct Provenance<Client> {
    chain: Chain<Client>,
}

impl<Client> Provenance<Client> {
    pub(super) fn new(client: Arc<Client>) -> Self {
        Self { chain: Chain::new(client) }
    }
}

impl<Client> ProvenanceRpcServer for Provenance<Client>
where
    Client: ProvideRuntimeApi<Block> + HeaderBackend<Block> + Send + Sync + 'static,
    Client::Api: pedigree_primitives::api::NamespacesApi<Block> + pedigree_primitives::api::ProvenanceApi<Block>,
{
    fn record(&self, record: Option<Param<RecordRef>>, at: Option<Param<Hash>>) -> RpcResult<Option<RecordView>> {
        let record = record.required("record")?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.find_record(block, record)
    }

    fn release(&self, release: Option<Param<ReleaseRef>>, at: Option<Param<Hash>>) -> RpcResult<Option<ReleaseView>> {
        let release = release.required("release")?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.find_release(block, release)
    }

    fn holder(&self, root: Option<Param<H256>>, at: Option<Param<Hash>>) -> RpcResult<Option<ReleaseView>> {
        let root = root.required("root")?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.holder(block, root))
    }

    fn releases_by_root(
        &self,
        root: Option<Param<H256>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Page<ReleaseView>> {
        let root = root.required("root")?;
        let page = params::page(after, limit)?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.releases_by_root(block, root, page))
    }

    fn releases_by_digest(
        &self,
        kind: Option<Param<DigestKind>>,
        value: Option<Param<Bytes>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Page<ReleaseView>> {
        let digest = DigestView { kind: kind.required("kind")?, value: value.required("value")? };
        if !matches!(digest.value.0.len(), 20 | 32) {
            return Err(error::invalid("value", "a digest has 32 bytes, or 20 if it is a hub commit by SHA-1"));
        }
        let page = params::page(after, limit)?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.releases_by_digest(block, digest, page))
    }

    fn records_of_namespace(
        &self,
        namespace: Option<Param<NamespaceRef>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Page<RecordView>>> {
        let namespace = namespace.required("namespace")?;
        let page = params::page(after, limit)?;
        let block = self.chain.block(at.optional("at")?)?;
        let Some(name) = self.chain.namespace_name(block, namespace)? else { return Ok(None) };
        self.chain.ask(block, |api| api.records_of_namespace(block, name, page)).map(Some)
    }

    fn releases_of_namespace(
        &self,
        namespace: Option<Param<NamespaceRef>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Page<ReleaseView>>> {
        let namespace = namespace.required("namespace")?;
        let page = params::page(after, limit)?;
        let block = self.chain.block(at.optional("at")?)?;
        let Some(name) = self.chain.namespace_name(block, namespace)? else { return Ok(None) };
        self.chain.ask(block, |api| api.releases_of_namespace(block, name, page)).map(Some)
    }

    fn releases_of_record(
        &self,
        record: Option<Param<RecordRef>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Page<ReleaseView>>> {
        let record = record.required("record")?;
        let page = params::page(after, limit)?;
        let block = self.chain.block(at.optional("at")?)?;
        let Some(id) = self.chain.record_id(block, record)? else { return Ok(None) };
        self.chain.ask(block, |api| api.releases_of_record(block, id, page)).map(Some)
    }

    fn parents(
        &self,
        release: Option<Param<ReleaseRef>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Vec<ParentView>>> {
        let release = release.required("release")?;
        let block = self.chain.block(at.optional("at")?)?;
        let Some(id) = self.chain.release_id(block, release)? else { return Ok(None) };
        self.chain.ask(block, |api| api.parents(block, id))
    }

    fn children(
        &self,
        release: Option<Param<ReleaseRef>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Page<ChildView>>> {
        let release = release.required("release")?;
        let page = params::page(after, limit)?;
        let block = self.chain.block(at.optional("at")?)?;
        let Some(id) = self.chain.release_id(block, release)? else { return Ok(None) };
        self.chain.ask(block, |api| api.children(block, id, page)).map(Some)
    }

    fn lineage(
        &self,
        release: Option<Param<ReleaseRef>>,
        direction: Option<Param<Direction>>,
        generations: Option<Param<u32>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Lineage<RelativeView>>> {
        let release = release.required("release")?;
        let direction = direction.required("direction")?;
        let generations = generations.optional("generations")?;
        let page = params::page(after, limit)?;
        let block = self.chain.block(at.optional("at")?)?;
        let Some(id) = self.chain.release_id(block, release)? else { return Ok(None) };
        self.chain.ask(block, |api| api.lineage(block, id, LineageRequest { direction, generations, page }))
    }

    fn search(
        &self,
        query: Option<Param<Query>>,
        after: Option<Param<Bytes>>,
        limit: Option<Param<u32>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Page<ReleaseView>> {
        let query = bounded(query.required("query")?, "query")?;
        let page = params::page(after, limit)?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.search(block, query, page))
    }

    fn royalty_split(
        &self,
        release: Option<Param<ReleaseRef>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Option<Vec<ShareView>>> {
        let release = release.required("release")?;
        let block = self.chain.block(at.optional("at")?)?;
        let Some(id) = self.chain.release_id(block, release)? else { return Ok(None) };
        self.chain.ask(block, |api| api.royalty_split(block, id))
    }

    fn prepare(
        &self,
        account: Option<Param<AccountId>>,
        action: Option<Param<Action>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Prepared> {
        let account = account.required("account")?;
        let action = bounded(action.required("action")?, "action")?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.prepare(block, account, action))?.map_err(error::not_prepared)
    }

    fn assemble(
        &self,
        payload: Option<Param<SignerPayload>>,
        signature: Option<Param<Bytes>>,
        at: Option<Param<Hash>>,
    ) -> RpcResult<Bytes> {
        let payload = bounded(payload.required("payload")?, "payload")?;
        let signature = bounded(signature.required("signature")?, "signature")?;
        let block = self.chain.block(at.optional("at")?)?;
        self.chain.ask(block, |api| api.assemble(block, payload, signature))?.ok_or_else(|| {
            error::invalid(
                "payload",
                "it makes no transaction with that signature: give the payload just as it was prepared, within its \
                 lifetime, and the account's signature under the bytes that were to be signed",
            )
        })
    }
}

/// What is handed to the runtime, if it is not absurdly long.
fn bounded<T: Encode>(value: T, field: &'static str) -> RpcResult<T> {
    if value.encoded_size() > MAX_ACTION {
        return Err(error::invalid(field, format!("it is longer than {MAX_ACTION} bytes")));
    }
    Ok(value)
}
