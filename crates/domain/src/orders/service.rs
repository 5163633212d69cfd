//! What pages about orders ask for.

use super::{
    model::{FailedRefund, Order, OrderDetail, OrderFilter, PendingOrder},
    queries,
};
use crate::{
    Actor, Result, Services, TenantTx,
    page::{Cursor, Page},
};
use kernel::{
    AppError, Permission, Role,
    ids::{MemberId, OrderId},
};

/// The signed-in student's orders, the latest first.
pub async fn for_student(services: &Services, actor: &Actor, cursor: Option<Cursor>) -> Result<Page<Order>> {
    let student = actor.require(Role::Student)?;
    let mut tx = actor.begin(&services.db).await?;
    let page = queries::of_student(&mut tx, student.id, cursor).await?;
    tx.commit().await?;
    Ok(page)
}

/// One of the signed-in student's own orders.
pub async fn student_order(services: &Services, actor: &Actor, order_id: OrderId) -> Result<OrderDetail> {
    let student = actor.require(Role::Student)?;
    let mut tx = actor.begin(&services.db).await?;
    let mut order = own(&mut tx, student.id, order_id).await?;
    tx.commit().await?;
    // To its student a refund that was sent again is one refund.
    order.refunds.retain(|refund| !refund.sent_again);
    Ok(order)
}

/// One of the signed-in student's own orders at the checkout, with the time that is left.
pub async fn pending(services: &Services, actor: &Actor, order_id: OrderId) -> Result<PendingOrder> {
    let student = actor.require(Role::Student)?;
    let mut tx = actor.begin(&services.db).await?;
    let detail = own(&mut tx, student.id, order_id).await?;
    let hold = queries::hold_clock(&mut tx, order_id).await?;
    tx.commit().await?;
    Ok(PendingOrder { detail, hold })
}

async fn own(tx: &mut TenantTx, student: MemberId, order_id: OrderId) -> Result<OrderDetail> {
    let order = queries::detail(tx, order_id).await?.filter(|detail| detail.order.student.id == student);
    Ok(order.ok_or(AppError::NotFound)?)
}

/// The tenant's orders, the latest first, for an admin.
pub async fn for_admin(services: &Services, actor: &Actor, filter: &OrderFilter, cursor: Option<Cursor>) -> Result<Page<Order>> {
    actor.permit(Permission::SeeOrders)?;
    let mut tx = actor.begin(&services.db).await?;
    let page = queries::filtered(&mut tx, filter, cursor).await?;
    tx.commit().await?;
    Ok(page)
}

/// Any order of the tenant, for an admin.
pub async fn admin_order(services: &Services, actor: &Actor, order_id: OrderId) -> Result<OrderDetail> {
    actor.permit(Permission::SeeOrders)?;
    let mut tx = actor.begin(&services.db).await?;
    let order = queries::detail(&mut tx, order_id).await?.ok_or(AppError::NotFound)?;
    tx.commit().await?;
    Ok(order)
}

/// Refunds that failed, the latest first (at most 20), for an admin.
pub async fn failed_refunds(services: &Services, actor: &Actor) -> Result<Vec<FailedRefund>> {
    actor.permit(Permission::SeeOrders)?;
    let mut tx = actor.begin(&services.db).await?;
    let failed = queries::failed_refunds(&mut tx, 20).await?;
    tx.commit().await?;
    Ok(failed)
}
