/** Maps that meet and differ because a stage rounded a size: everything that is offered, in order, for networks of many kinds. */
import { describe, it } from 'vitest'
import { checkFirstFix, checkFixes, type Expected } from '../helpers/fixes'

interface Case {
  readonly title: string
  readonly code: 'shapes-differ' | 'concat-sizes-differ'
  readonly network: string
  readonly fixes: Expected
}

const CASES: readonly Case[] = [
  {
    title: 'a U-Net of five levels, its size in a constant',
    code: 'concat-sizes-differ',
    network: `
      SIZE = 500
      block double(x: tensor, w) { return x -> 2 * (conv(w, 3, padding=1, bias=false) -> batchnorm -> relu) }
      network UNet5 {
        input image: [3, SIZE, SIZE]
        a = image -> double(32)
        b = a -> maxpool(2) -> double(64)
        c = b -> maxpool(2) -> double(128)
        d = c -> maxpool(2) -> double(256)
        e = d -> maxpool(2) -> double(512)
        f = e -> maxpool(2) -> double(512)
        v = concat(e, f -> upsample(2)) -> double(256)
        w = concat(d, v -> upsample(2)) -> double(256)
        x = concat(c, w -> upsample(2)) -> double(128)
        y = concat(b, x -> upsample(2)) -> double(64)
        z = concat(a, y -> upsample(2)) -> double(32)
        output mask = z -> conv(1, 1) -> sigmoid
      }
    `,
    fixes: {
      'Set input image to 3×512×512 → 1024×32×32': 'SIZE = 512',
      'Set input image to 3×480×480 → 1024×30×30': 'SIZE = 480',
      'Resize the enlarged maps to e and c → 1024×31×31': `
        v = concat(e, f -> upsample(2) -> resize(e)) -> double(256)
        w = concat(d, v -> upsample(2)) -> double(256)
        x = concat(c, w -> upsample(2) -> resize(c)) -> double(128)
      `,
    },
  },
  {
    title: 'a U-Net of three levels, its size a parameter',
    code: 'concat-sizes-differ',
    network: `
      block up(x: tensor, skip: tensor, w) { return concat(x -> conv_transpose(w, 2, stride=2), skip) -> conv(w, 3, padding=1) -> relu }
      network UNet3(size=250, w=16) {
        input image: [1, size, size]
        s0 = image -> conv(w, 3, padding=1) -> relu
        s1 = s0 -> maxpool(2) -> conv(2 * w, 3, padding=1) -> relu
        s2 = s1 -> maxpool(2) -> conv(4 * w, 3, padding=1) -> relu
        output mask = up(up(s2, s1, 2 * w), s0, w) -> conv(2, 1)
      }
    `,
    fixes: {
      'Set input image to 1×252×252 → 64×126×126': 'network UNet3(size=252, w=16) {',
      'Set input image to 1×248×248 → 64×124×124': 'network UNet3(size=248, w=16) {',
      'Resize the smaller map to skip → 64×125×125':
        'block up(x: tensor, skip: tensor, w) { return concat(x -> conv_transpose(w, 2, stride=2) -> resize(skip), skip) -> conv(w, 3, padding=1) -> relu }',
    },
  },
  {
    title: 'height and width in constants of their own',
    code: 'shapes-differ',
    network: `
      H = 375
      W = 1242
      network Road {
        input image: [3, H, W]
        a = image -> conv(16, 3, padding=1) -> relu
        b = a -> maxpool(2) -> conv(32, 3, padding=1) -> relu
        c = b -> maxpool(2) -> conv(64, 3, padding=1) -> relu
        d = c -> maxpool(2) -> conv(128, 3, padding=1) -> relu
        c2 = add(d -> conv_transpose(64, 2, stride=2), c) -> relu
        b2 = add(c2 -> conv_transpose(32, 2, stride=2), b) -> relu
        output y = add(b2 -> conv_transpose(16, 2, stride=2), a) -> conv(2, 1)
      }
    `,
    fixes: {
      'Set input image to 3×376×1248 → 64×94×312': `
        H = 376
        W = 1248
      `,
      'Set input image to 3×368×1240 → 64×92×310': `
        H = 368
        W = 1240
      `,
      'Set output_padding=[1, 0], 1, [1, 0] on the way up → 64×93×310': `
        c2 = add(d -> conv_transpose(64, 2, stride=2, output_padding=[1, 0]), c) -> relu
        b2 = add(c2 -> conv_transpose(32, 2, stride=2, output_padding=1), b) -> relu
        output y = add(b2 -> conv_transpose(16, 2, stride=2, output_padding=[1, 0]), a) -> conv(2, 1)
      `,
      'Resize the enlarged maps to c, b and a → 64×93×310': `
        c2 = add(d -> conv_transpose(64, 2, stride=2) -> resize(c), c) -> relu
        b2 = add(c2 -> conv_transpose(32, 2, stride=2) -> resize(b), b) -> relu
        output y = add(b2 -> conv_transpose(16, 2, stride=2) -> resize(a), a) -> conv(2, 1)
      `,
    },
  },
  {
    title: 'the top-down way of a feature pyramid',
    code: 'shapes-differ',
    network: `
      network FPN {
        input image: 3x800x1333
        c1 = image -> conv(64, 7, stride=2, padding=3) -> relu -> maxpool(3, stride=2, padding=1)
        c2 = c1 -> conv(256, 3, padding=1) -> relu
        c3 = c2 -> conv(512, 3, stride=2, padding=1) -> relu
        c4 = c3 -> conv(512, 3, stride=2, padding=1) -> relu
        c5 = c4 -> conv(512, 3, stride=2, padding=1) -> relu
        p5 = c5 -> conv(256, 1)
        p4 = add(c4 -> conv(256, 1), p5 -> upsample(2))
        p3 = add(c3 -> conv(256, 1), p4 -> upsample(2))
        p2 = add(c2 -> conv(256, 1), p3 -> upsample(2))
        output o2 = p2 -> conv(256, 3, padding=1)
        output o3 = p3 -> conv(256, 3, padding=1)
        output o4 = p4 -> conv(256, 3, padding=1)
        output o5 = p5 -> conv(256, 3, padding=1)
      }
    `,
    fixes: {
      'Set input image to 3×800×1344 → 256×100×168': 'input image: 3x800x1344',
      'Set input image to 3×800×1312 → 256×100×164': 'input image: 3x800x1312',
    },
  },
  {
    title: 'branches of several resolutions that are fused',
    code: 'shapes-differ',
    network: `
      block unit(x: tensor) { return add(x -> conv(x.channels, 3, padding=1) -> batchnorm -> relu -> conv(x.channels, 3, padding=1) -> batchnorm, x) -> relu }
      network HR {
        input image: 3x250x190
        stem = image -> conv(64, 3, stride=2, padding=1) -> relu -> conv(32, 3, stride=2, padding=1) -> relu
        h1 = stem -> unit
        l1 = stem -> conv(64, 3, stride=2, padding=1) -> unit
        h2 = add(h1, l1 -> conv(32, 1) -> upsample(2)) -> relu -> unit
        l2 = add(l1, h1 -> conv(64, 3, stride=2, padding=1)) -> relu -> unit
        output heat = add(h2, l2 -> conv(32, 1) -> upsample(2)) -> conv(17, 1)
      }
    `,
    fixes: {
      'Set input image to 3×248×190 → 32×62×48': 'input image: 3x248x190',
      'Set input image to 3×256×190 → 32×64×48': 'input image: 3x256x190',
      'Resize the enlarged maps to h1 and h2 → 32×63×48': `
        h2 = add(h1, l1 -> conv(32, 1) -> upsample(2) -> resize(h1)) -> relu -> unit
        l2 = add(l1, h1 -> conv(64, 3, stride=2, padding=1)) -> relu -> unit
        output heat = add(h2, l2 -> conv(32, 1) -> upsample(2) -> resize(h2)) -> conv(17, 1)
      `,
    },
  },
  {
    title: 'a signal, pooled by different factors',
    code: 'concat-sizes-differ',
    network: `
      network Wave(width=24, levels=3) {
        input signal: [1, 16000]
        s0 = signal -> conv(width, 15, padding=7) -> leaky_relu(0.2)
        s1 = s0 -> maxpool(2) -> conv(2 * width, 15, padding=7) -> leaky_relu(0.2)
        s2 = s1 -> maxpool(5) -> conv(3 * width, 15, padding=7) -> leaky_relu(0.2)
        s3 = s2 -> maxpool(3) -> conv(3 * width, 15, padding=7)
        u2 = concat(s3 -> upsample(3), s2) -> conv(width, 5, padding=2)
        u1 = concat(u2 -> upsample(5), s1) -> conv(width, 5, padding=2)
        u0 = concat(u1 -> upsample(2), s0) -> conv(width, 5, padding=2)
        output y = u0 -> conv(1, 1) -> tanh
      }
    `,
    fixes: {
      'Set input signal to 1×15990 → 144×1599': 'input signal: [1, 15990]',
      'Set input signal to 1×16020 → 144×1602': 'input signal: [1, 16020]',
      'Resize the smaller map to s2 → 144×1600':
        'u2 = concat(s3 -> upsample(3) -> resize(s2), s2) -> conv(width, 5, padding=2)',
    },
  },
  {
    title: 'a volume of which the depth alone is odd',
    code: 'concat-sizes-differ',
    network: `
      block res(x: tensor, w) { return add(x -> conv(w, 5, padding=2) -> prelu, x -> conv(w, 1)) }
      network VNet {
        input volume: 1x100x128x128
        a = volume -> res(16)
        b = a -> conv(32, 2, stride=2) -> prelu -> res(32)
        c = b -> conv(64, 2, stride=2) -> prelu -> res(64)
        d = c -> conv(128, 2, stride=2) -> prelu -> res(128)
        e = concat(d -> conv_transpose(64, 2, stride=2) -> prelu, c) -> res(64)
        f = concat(e -> conv_transpose(32, 2, stride=2) -> prelu, b) -> res(32)
        g = concat(f -> conv_transpose(16, 2, stride=2) -> prelu, a) -> res(16)
        output y = g -> conv(2, 1) -> softmax
      }
    `,
    fixes: {
      'Set input volume to 1×104×128×128 → 128×26×32×32': 'input volume: 1x104x128x128',
      'Set input volume to 1×96×128×128 → 128×24×32×32': 'input volume: 1x96x128x128',
      'Set output_padding=[1, 0, 0] on conv_transpose(64, 2, stride=2), line 8 → 128×25×32×32':
        'e = concat(d -> conv_transpose(64, 2, stride=2, output_padding=[1, 0, 0]) -> prelu, c) -> res(64)',
      'Resize the smaller map to c → 128×25×32×32':
        'e = concat(d -> conv_transpose(64, 2, stride=2) -> prelu -> resize(c), c) -> res(64)',
    },
  },
  {
    title: 'an encoder in a block',
    code: 'shapes-differ',
    network: `
      block encoder(x: tensor, w) {
        a = x -> conv(w, 3, padding=1) -> relu
        b = a -> maxpool(2) -> conv(2 * w, 3, padding=1) -> relu
        c = b -> maxpool(2) -> conv(4 * w, 3, padding=1) -> relu
        return [a, b, c]
      }
      network N {
        input image: 3x101x101
        a, b, c = image -> encoder(16)
        d = add(c -> conv_transpose(32, 2, stride=2), b) -> relu
        output y = add(d -> conv_transpose(16, 2, stride=2), a) -> conv(1, 1)
      }
    `,
    fixes: {
      'Set input image to 3×100×100 → 16×100×100': 'input image: 3x100x100',
      'Set input image to 3×104×104 → 16×104×104': 'input image: 3x104x104',
      'Set output_padding=1 on conv_transpose(16, 2, stride=2), line 11 → 16×101×101':
        'output y = add(d -> conv_transpose(16, 2, stride=2, output_padding=1), a) -> conv(1, 1)',
      'Resize the smaller map to a → 16×101×101':
        'output y = add(d -> conv_transpose(16, 2, stride=2) -> resize(a), a) -> conv(1, 1)',
    },
  },
  {
    title: 'an encoder and a decoder in loops',
    code: 'concat-sizes-differ',
    network: `
      network Loop {
        input image: 3x300x300
        x = image -> conv(16, 3, padding=1) -> relu
        skips = []
        for w in [32, 64, 128] {
          skips = skips + [x]
          x = x -> maxpool(2) -> conv(w, 3, padding=1) -> relu
        }
        for i in [2, 1, 0] {
          x = concat(x -> upsample(2), skips[i]) -> conv(skips[i].channels, 3, padding=1) -> relu
        }
        output y = x -> conv(1, 1)
      }
    `,
    fixes: {
      'Set input image to 3×304×304 → 192×76×76': 'input image: 3x304x304',
      'Set input image to 3×296×296 → 192×74×74': 'input image: 3x296x296',
    },
  },
  {
    title: 'two inputs that share a constant',
    code: 'shapes-differ',
    network: `
      S = 150
      block ae(x: tensor) {
        a = x -> conv(8, 3, padding=1) -> relu
        return add(a, a -> maxpool(4) -> conv(8, 3, padding=1) -> upsample(4))
      }
      network Two {
        input left: [3, S, S]
        input right: [3, S, S]
        output y = concat(left -> ae, right -> ae) -> conv(1, 1)
      }
    `,
    fixes: {
      'Set inputs left and right to 3×152×152 → 8×152×152': 'S = 152',
      'Set inputs left and right to 3×148×148 → 8×148×148': 'S = 148',
      'Resize the enlarged maps to a → 8×150×150':
        'return add(a, a -> maxpool(4) -> conv(8, 3, padding=1) -> upsample(4) -> resize(a))',
    },
  },
  {
    title: 'two inputs of one size, each with its own number',
    code: 'shapes-differ',
    network: `
      network Fuse {
        input rgb: 3x90x120
        input depth: 1x90x120
        a = concat(rgb, depth) -> conv(16, 3, padding=1) -> relu
        b = a -> maxpool(2) -> conv(32, 3, padding=1) -> relu
        c = b -> maxpool(2) -> conv(64, 3, padding=1) -> relu
        d = add(c -> conv_transpose(32, 2, stride=2), b) -> relu
        output y = add(d -> conv_transpose(16, 2, stride=2), a) -> conv(1, 1)
      }
    `,
    fixes: {
      'Set input rgb to 3×92×120 and input depth to 1×92×120 → 32×46×60': `
        input rgb: 3x92x120
        input depth: 1x92x120
      `,
      'Set input rgb to 3×88×120 and input depth to 1×88×120 → 32×44×60': `
        input rgb: 3x88x120
        input depth: 1x88x120
      `,
      'Set output_padding=[1, 0] on conv_transpose(32, 2, stride=2), line 7 → 32×45×60':
        'd = add(c -> conv_transpose(32, 2, stride=2, output_padding=[1, 0]), b) -> relu',
      'Resize the smaller map to b → 32×45×60':
        'd = add(c -> conv_transpose(32, 2, stride=2) -> resize(b), b) -> relu',
    },
  },
  {
    title: 'an autoencoder of which one level is odd',
    code: 'shapes-differ',
    network: `
      network AE28 {
        input image: 1x28x28
        code = image -> 3 * (conv(16, 3, stride=2, padding=1) -> relu)
        recon = code -> 3 * (conv_transpose(16, 3, stride=2, padding=1, output_padding=1) -> relu) -> conv(1, 3, padding=1)
        output error = sub(image, recon)
      }
    `,
    fixes: {
      'Set output_padding=0, 1, 1 on the way up → 1×28×28':
        'recon = code -> conv_transpose(16, 3, stride=2, padding=1) -> relu -> 2 * (conv_transpose(16, 3, stride=2, padding=1, output_padding=1) -> relu) -> conv(1, 3, padding=1)',
      'Set input image to 1×32×32 → 1×32×32': 'input image: 1x32x32',
      'Set input image to 1×24×24 → 1×24×24': 'input image: 1x24x24',
      'Resize the larger map to image → 1×28×28': 'output error = sub(image, recon -> resize(image))',
      'Crop the larger map to image → 1×28×28': 'output error = sub(image, recon -> center_crop(image))',
    },
  },
  {
    title: 'an autoencoder that pools',
    code: 'shapes-differ',
    network: `
      network Mnist {
        input x: 1x28x28
        code = x -> conv(8, 3, padding=1) -> relu -> maxpool(2) -> conv(4, 3, padding=1) -> relu -> maxpool(2) -> conv(4, 3, padding=1) -> relu -> maxpool(2)
        output y = code -> upsample(2) -> conv(4, 3, padding=1) -> relu -> upsample(2) -> conv(8, 3, padding=1) -> relu -> upsample(2) -> conv(1, 3, padding=1)
        output loss = sub(x, y)
      }
    `,
    fixes: {
      'Set input x to 1×32×32 → 1×32×32': 'input x: 1x32x32',
      'Set input x to 1×24×24 → 1×24×24': 'input x: 1x24x24',
      'Resize the smaller map to x → 1×28×28': 'output loss = sub(x, y -> resize(x))',
      'Crop the larger map to y → 1×24×24': 'output loss = sub(x -> center_crop(y), y)',
    },
  },
  {
    title: 'branches that round differently',
    code: 'shapes-differ',
    network: `
      network Mix {
        input image: 3x75x75
        x = image -> conv(16, 3, padding=1) -> relu
        main = x -> conv(32, 3, stride=2, padding=1) -> relu -> conv(32, 3, padding=1)
        short = x -> avgpool(2) -> conv(32, 1)
        output y = add(main, short) -> relu -> global_avgpool -> flatten -> linear(10)
      }
    `,
    fixes: {
      'Set input image to 3×76×76 → 32×38×38': 'input image: 3x76x76',
      'Set input image to 3×74×74 → 32×37×37': 'input image: 3x74x74',
      'Set ceil=true on avgpool(2), line 5 → 32×38×38': 'short = x -> avgpool(2, ceil=true) -> conv(32, 1)',
      'Resize the smaller map to main → 32×38×38':
        'output y = add(main, short -> resize(main)) -> relu -> global_avgpool -> flatten -> linear(10)',
      'Crop the larger map to short → 32×37×37':
        'output y = add(main -> center_crop(short), short) -> relu -> global_avgpool -> flatten -> linear(10)',
    },
  },
  {
    title: 'sizes that are computed from one constant',
    code: 'shapes-differ',
    network: `
      TILE = 25
      network Tiles {
        input image: [3, 4 * TILE, 6 * TILE]
        a = image -> conv(16, 3, padding=1) -> relu
        b = a -> maxpool(8) -> conv(16, 3, padding=1) -> relu
        output y = add(a, b -> upsample(8))
      }
    `,
    fixes: {
      'Set input image to 3×96×144 → 16×96×144': 'TILE = 24',
      'Set input image to 3×112×168 → 16×112×168': 'TILE = 28',
      'Resize the smaller map to a → 16×100×150': 'output y = add(a, b -> upsample(8) -> resize(a))',
    },
  },
  {
    title: 'a head whose weights depend on the size',
    code: 'shapes-differ',
    network: `
      network Head {
        input image: 3x50x50
        a = image -> conv(8, 3, padding=1) -> relu
        b = a -> maxpool(4) -> conv(8, 3, padding=1) -> relu
        c = add(a, b -> upsample(4))
        output y = c -> maxpool(2) -> flatten -> linear(10)
      }
    `,
    fixes: {
      'Set input image to 3×52×52 → 8×52×52': 'input image: 3x52x52',
      'Set input image to 3×48×48 → 8×48×48': 'input image: 3x48x48',
      'Resize the smaller map to a → 8×50×50': 'c = add(a, b -> upsample(4) -> resize(a))',
    },
  },
  {
    title: 'a constant that is the whole size',
    code: 'concat-sizes-differ',
    network: `
      INPUT = 3x572x572
      network C {
        input image: INPUT
        a = image -> conv(8, 3, padding=1)
        output y = concat(a, a -> maxpool(8) -> upsample(8))
      }
    `,
    fixes: {
      'Set input image to 3×576×576 → 16×576×576': 'INPUT = 3x576x576',
      'Set input image to 3×568×568 → 16×568×568': 'INPUT = 3x568x568',
      'Resize the smaller map to a → 16×572×572':
        'output y = concat(a, a -> maxpool(8) -> upsample(8) -> resize(a))',
    },
  },
  {
    title: 'blocks in blocks',
    code: 'shapes-differ',
    network: `
      block res(x: tensor) { return add(x, x -> conv(x.channels, 3, padding=1) -> relu) }
      block hourglass(x: tensor, n: int) {
        low = x -> maxpool(2) -> res
        inner = if n > 1 then hourglass(low, n - 1) else low -> res
        return add(x -> res, inner -> res -> upsample(2))
      }
      network HG {
        input image: 3x200x200
        output y = image -> conv(64, 7, stride=2, padding=3) -> relu -> res -> hourglass(4) -> hourglass(4) -> conv(16, 1)
      }
    `,
    fixes: {
      'Set input image to 3×192×192 → 64×24×24': 'input image: 3x192x192',
      'Set input image to 3×224×224 → 64×28×28': 'input image: 3x224x224',
    },
  },
  {
    title: 'repetitions of pools and of upsampling',
    code: 'shapes-differ',
    network: `
      network Seg {
        input image: 3x360x481
        a = image -> conv(64, 3, padding=1) -> relu -> 3 * (maxpool(2) -> conv(64, 3, padding=1) -> relu)
        mask = a -> 3 * (upsample(2) -> conv(64, 3, padding=1) -> relu) -> conv(12, 1)
        output y = mul(mask, image -> conv(12, 1))
      }
    `,
    fixes: {
      'Set input image to 3×360×480 → 12×360×480': 'input image: 3x360x480',
      'Set input image to 3×360×488 → 12×360×488': 'input image: 3x360x488',
      'Crop the larger map to mask → 12×360×480':
        'output y = mul(mask, image -> conv(12, 1) -> center_crop(mask))',
    },
  },
  {
    title: 'an encoder of residual blocks, and one block on the way up',
    code: 'concat-sizes-differ',
    network: `
      block basic(x: tensor, w, s=1) {
        y = x -> conv(w, 3, stride=s, padding=1, bias=false) -> batchnorm -> relu -> conv(w, 3, padding=1, bias=false) -> batchnorm
        shortcut = if s > 1 then x -> conv(w, 1, stride=s, bias=false) -> batchnorm else x
        return add(y, shortcut) -> relu
      }
      block up(x: tensor, skip: tensor, w) {
        return concat(x -> upsample(2), skip) -> conv(w, 3, padding=1) -> relu
      }
      network ResUNet {
        input image: 3x500x333
        c1 = image -> conv(64, 7, stride=2, padding=3) -> relu
        c2 = c1 -> maxpool(3, stride=2, padding=1) -> 2 * basic(64)
        c3 = c2 -> basic(128, s=2) -> basic(128)
        c4 = c3 -> basic(256, s=2) -> basic(256)
        c5 = c4 -> basic(512, s=2) -> basic(512)
        output mask = c5 -> up(c4, 256) -> up(c3, 128) -> up(c2, 64) -> up(c1, 64) -> upsample(2) -> conv(1, 1)
      }
    `,
    fixes: {
      'Set input image to 3×512×352 → 768×32×22': 'input image: 3x512x352',
      'Set input image to 3×480×320 → 768×30×20': 'input image: 3x480x320',
      'Resize the enlarged maps to skip → 768×32×21':
        'return concat(x -> upsample(2) -> resize(skip), skip) -> conv(w, 3, padding=1) -> relu',
      'Crop the larger map to skip → 768×32×21':
        'return concat(x -> upsample(2) -> center_crop(skip), skip) -> conv(w, 3, padding=1) -> relu',
    },
  },
  {
    title: 'an autoencoder whose block would need several amounts',
    code: 'shapes-differ',
    network: `
      block up(x: tensor, w) { return x -> conv_transpose(w, 3, stride=2, padding=1, output_padding=1) -> batchnorm -> relu }
      network AE {
        input x: 3x50x50
        code = x -> conv(8, 3, stride=2, padding=1) -> relu -> conv(16, 3, stride=2, padding=1) -> relu -> conv(32, 3, stride=2, padding=1) -> relu
        y = code -> up(16) -> up(8) -> up(3)
        output loss = sub(x, y)
      }
    `,
    fixes: {
      'Set input x to 3×48×48 → 3×48×48': 'input x: 3x48x48',
      'Set input x to 3×56×56 → 3×56×56': 'input x: 3x56x56',
      'Resize the larger map to x → 3×50×50': 'output loss = sub(x, y -> resize(x))',
      'Crop the larger map to x → 3×50×50': 'output loss = sub(x, y -> center_crop(x))',
    },
  },
  {
    title: 'a pool that rounds up',
    code: 'concat-sizes-differ',
    network: `
      network P {
        input image: 3x99x99
        a = image -> conv(8, 3, padding=1) -> relu
        b = a -> maxpool(2, padding=same) -> conv(16, 3, padding=1) -> relu
        output y = concat(b -> upsample(2), a) -> conv(1, 1)
      }
    `,
    fixes: {
      'Set input image to 3×100×100 → 24×100×100': 'input image: 3x100x100',
      'Set input image to 3×98×98 → 24×98×98': 'input image: 3x98x98',
      'Resize the larger map to a → 24×99×99':
        'output y = concat(b -> upsample(2) -> resize(a), a) -> conv(1, 1)',
      'Crop the larger map to a → 24×99×99':
        'output y = concat(b -> upsample(2) -> center_crop(a), a) -> conv(1, 1)',
    },
  },
  {
    title: 'nested skips',
    code: 'concat-sizes-differ',
    network: `
      block d(x: tensor, w) { return x -> conv(w, 3, padding=1) -> relu }
      network UNetPP {
        input image: 3x250x250
        x00 = image -> d(16)
        x10 = x00 -> maxpool(2) -> d(32)
        x20 = x10 -> maxpool(2) -> d(64)
        x01 = concat(x00, x10 -> upsample(2)) -> d(16)
        x11 = concat(x10, x20 -> upsample(2)) -> d(32)
        x02 = concat(x00, x01, x11 -> upsample(2)) -> d(16)
        output y = x02 -> conv(1, 1)
      }
    `,
    fixes: {
      'Set input image to 3×252×252 → 96×126×126': 'input image: 3x252x252',
      'Set input image to 3×248×248 → 96×124×124': 'input image: 3x248x248',
      'Resize the smaller map to x10 → 96×125×125':
        'x11 = concat(x10, x20 -> upsample(2) -> resize(x10)) -> d(32)',
    },
  },
  {
    title: 'an expectation that says the size is meant',
    code: 'concat-sizes-differ',
    network: `
      network U {
        input image: 1x75x75
        a = image -> conv(8, 3, padding=1) -> relu
        b = a -> maxpool(2) -> conv(16, 3, padding=1) -> relu
        output mask = concat(a, b -> conv_transpose(8, 2, stride=2)) -> conv(1, 1)
        expect mask.spatial == [75, 75]
      }
    `,
    fixes: {
      'Set output_padding=1 on conv_transpose(8, 2, stride=2), line 5 → 16×75×75':
        'output mask = concat(a, b -> conv_transpose(8, 2, stride=2, output_padding=1)) -> conv(1, 1)',
      'Resize the smaller map to a → 16×75×75':
        'output mask = concat(a, b -> conv_transpose(8, 2, stride=2) -> resize(a)) -> conv(1, 1)',
    },
  },
  {
    title: 'a constant that another network reads too',
    code: 'shapes-differ',
    network: `
      S = 90
      network A {
        input image: [3, S, S]
        output y = image -> conv(8, 3, padding=1) -> global_avgpool -> flatten -> linear(10)
      }
      network B {
        input image: [3, S, S]
        a = image -> conv(8, 3, padding=1)
        output y = add(a, a -> maxpool(4) -> upsample(4))
      }
    `,
    fixes: {
      'Set input image to 3×92×92 → 8×92×92': 'S = 92',
      'Set input image to 3×88×88 → 8×88×88': 'S = 88',
      'Resize the smaller map to a → 8×90×90':
        'output y = add(a, a -> maxpool(4) -> upsample(4) -> resize(a))',
    },
  },
  {
    title: 'an autoencoder in loops',
    code: 'shapes-differ',
    network: `
      network L {
        input x: 1x30x30
        h = x
        for w in [8, 16, 32] { h = h -> conv(w, 3, stride=2, padding=1) -> relu }
        for w in [16, 8, 1] { h = h -> conv_transpose(w, 3, stride=2, padding=1, output_padding=1) -> relu }
        output y = sub(x, h)
      }
    `,
    fixes: {
      'Set input x to 1×32×32 → 1×32×32': 'input x: 1x32x32',
      'Set input x to 1×24×24 → 1×24×24': 'input x: 1x24x24',
      'Resize the larger map to x → 1×30×30': 'output y = sub(x, h -> resize(x))',
      'Crop the larger map to x → 1×30×30': 'output y = sub(x, h -> center_crop(x))',
    },
  },
]

it.each(CASES)('$title', ({ code, network, fixes }) => {
  checkFixes(code, network, fixes)
})

describe('an expectation of the size of the input gets output_padding along the chain', () => {
  it('of an autoencoder, the first out of its repetition', () => {
    checkFirstFix(
      'expect-failed',
      `
      network AE {
        input image: 1x25x25
        code = image -> 4 * (conv(8, 3, stride=2, padding=1) -> relu)
        output recon = code
          -> 3 * (conv_transpose(8, 3, stride=2, padding=1, output_padding=1) -> relu)
          -> conv_transpose(1, 3, stride=2, padding=1, output_padding=1)
        expect recon.shape == image.shape
      }
      `,
      'Set output_padding=1, 0, 0, 0 on the way up',
      `
      -> conv_transpose(8, 3, stride=2, padding=1, output_padding=1) -> relu -> 2 * (conv_transpose(8, 3, stride=2, padding=1) -> relu)
      -> conv_transpose(1, 3, stride=2, padding=1)
      `,
    )
  })

  it('of numbers, along one axis alone', () => {
    checkFirstFix(
      'expect-failed',
      `
      network Up {
        input x: 8x7x8
        output y = x -> conv_transpose(8, 3, stride=2, padding=1) -> relu -> conv_transpose(8, 3, stride=2, padding=1)
        expect y.spatial == [28, 29]
      }
      `,
      'Set output_padding=[1, 0] on 2 layers',
      'output y = x -> conv_transpose(8, 3, stride=2, padding=1, output_padding=[1, 0]) -> relu -> conv_transpose(8, 3, stride=2, padding=1, output_padding=[1, 0])',
    )
  })
})
