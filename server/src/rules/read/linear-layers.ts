/** The layers whose output is a linear function of one tensor, with weights that they learn. */
export const LINEAR_LAYERS: readonly string[] = [
  ...['conv', 'conv_transpose', 'depthwise_conv', 'linear', 'locally_connected', 'separable_conv'],
]
