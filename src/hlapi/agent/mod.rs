//! A whole agent in one value.

mod agent;
mod agent_builder;
mod agent_context;

pub use agent::Agent;
pub use agent_builder::AgentBuilder;
pub use agent_context::AgentContext;
