//! Files to send.

use bytes::Bytes;
use image::{ImageEncoder, Rgb, RgbImage, RgbaImage, codecs::jpeg::JpegEncoder, codecs::png::PngEncoder};

/// What must not be in anything that is served.
pub const SECRET_PLACE: &[u8] = b"GPS-SECRET-PLACE";

/// A photo as a phone takes it, with where it was taken. `shade` makes it another one.
pub fn photo(shade: u8) -> Bytes {
    let mut jpeg = Vec::new();
    RgbImage::from_fn(600, 400, |x, y| Rgb([shade, u8::try_from(x % 256).unwrap(), u8::try_from(y % 256).unwrap()]))
        .write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, 80))
        .unwrap();
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x00\0\0\0\0".to_vec();
    exif.extend_from_slice(SECRET_PLACE);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat().into()
}

/// A transparent PNG.
pub fn mark(width: u32, height: u32) -> Bytes {
    let mut png = Vec::new();
    let picture = RgbaImage::new(width, height);
    PngEncoder::new(&mut png).write_image(&picture, width, height, image::ExtendedColorType::Rgba8).unwrap();
    png.into()
}

/// A PNG whose header promises `width` × `height` and that has next to nothing behind it.
pub fn bomb(width: u32, height: u32) -> Bytes {
    let mut bytes = mark(1, 1).to_vec();
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let check = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&check.to_be_bytes());
    bytes.into()
}

/// A ZIP with one file in it, stored as it is.
pub fn zip(name: &str, content: &[u8]) -> Bytes {
    let (size, name_size) = (u32::try_from(content.len()).unwrap().to_le_bytes(), u16::try_from(name.len()).unwrap().to_le_bytes());
    let common = [&[20, 0, 0, 0, 0, 0, 0, 0, 0, 0], &crc32(content).to_le_bytes()[..], &size, &size, &name_size, &[0, 0]].concat();
    let local = [b"PK\x03\x04", &common[..], name.as_bytes(), content].concat();
    let central = [b"PK\x01\x02\x14\0", &common[..], &[0; 14], name.as_bytes()].concat();
    let sizes = [u32::try_from(central.len()).unwrap().to_le_bytes(), u32::try_from(local.len()).unwrap().to_le_bytes()].concat();
    [&local[..], &central, b"PK\x05\x06\0\0\0\0\x01\0\x01\0", &sizes, &[0, 0]].concat().into()
}

pub fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}
