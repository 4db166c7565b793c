/// Names that libraries have and cells lack: no near match is meant by them.
enum LibraryNames {
  /// The library that has a name, such as "np.vander"; nil for names that none has.
  static func library(of path: String) -> String? {
    let dot = path.lastIndex(of: ".")
    let prefix = dot.map { String(path[..<$0]) } ?? ""
    let name = dot.map { String(path[$0...].dropFirst()) } ?? path
    return names[prefix]?.contains(name) == true ? libraries[prefix] : nil
  }

  private static let libraries = [
    "": "Python", "str": "Python", "np": "NumPy", "np.fft": "NumPy", "np.random": "NumPy",
    "array": "NumPy", "Generator": "NumPy", "RandomState": "NumPy", "signal": "SciPy",
    "torch": "PyTorch", "tensor": "PyTorch", "nn": "PyTorch", "F": "PyTorch",
  ]

  private static let names = words.mapValues {
    Set($0.split(whereSeparator: \.isWhitespace).map(String.init))
  }

  private static let words = [
    "np": """
    ScalarType apply_over_axes asarray_chkfinite asfortranarray asmatrix base_repr
    binary_repr bitwise_count block bmat broadcast broadcast_arrays broadcast_shapes
    busday_count busday_offset busdaycalendar byte bytes_ cdouble character clongdouble
    common_type complex256 complexfloating copysign csingle datetime64 datetime_as_string
    datetime_data diag_indices diag_indices_from diagflat dsplit einsum_path fft flatiter
    flexible floating format_float_positional format_float_scientific frexp from_dlpack
    frombuffer fromiter fromregex fromstring gcd generic get_include get_printoptions
    getbufsize geterr geterrcall histogram_bin_edges i0 index_exp indices inexact info
    intc integer is_busday isdtype isfortran isnat isneginf isposinf isscalar iterable ix_
    lcm ldexp little_endian logaddexp2 longlong mask_indices matrix matvec
    may_share_memory memmap min_scalar_type mintypecode modf nanargmax nanargmin
    nanpercentile nanprod nanquantile ndarray nested_iters nextafter number packbits
    polysub promote_types put_along_axis random ravel_multi_index real_if_close recarray
    record require s_ sctypeDict setbufsize seterrcall shares_memory show_config
    show_runtime signbit signedinteger single sort_complex spacing take_along_axis
    timedelta64 tri tril tril_indices tril_indices_from triu triu_indices
    triu_indices_from typecodes typename ubyte ufunc uint uintc uintp ulong ulonglong
    unique_all unique_counts unique_inverse unpackbits unravel_index unsignedinteger
    unstack ushort vander vecmat void
    """,
    "signal": """
    BadCoefficients CZT StateSpace ZerosPolesGain ZoomFFT abcd_normalize band_stop_obj
    besselap bilinear bilinear_zpk bode buttap cheb1ap cheb1ord cheb2ap cheb2ord
    choose_conv_method closest_STFT_dual_window cont2discrete cspline1d cspline1d_eval
    cspline2d czt_points dbode dfreqresp dimpulse dlsim dstep ellipap ellipord findfreqs
    firwin_2d freqresp freqs_zpk gauss_spline iircomb invres invresz kaiser_atten lfiltic
    lombscargle lp2bp lp2bp_zpk lp2bs lp2bs_zpk lp2hp lp2hp_zpk lp2lp lp2lp_zpk lsim
    medfilt2d normalize order_filter place_poles qspline1d qspline1d_eval qspline2d
    residue residuez savgol_coeffs sepfir2d sos2zpk sosfilt_zi spline_filter ss2tf ss2zpk
    symiirorder1 symiirorder2 tf2ss unique_roots vectorstrength zpk2ss
    """,
    "np.fft": """
    irfft2 irfftn
    """,
    "np.random": """
    BitGenerator PCG64DXSM Philox SFC64 bit_generator bytes chisquare dirichlet f
    geometric get_bit_generator gumbel hypergeometric logistic lognormal logseries mtrand
    multinomial multivariate_normal negative_binomial noncentral_chisquare noncentral_f
    pareto power rayleigh set_bit_generator standard_cauchy standard_exponential
    standard_gamma standard_t triangular vonmises wald weibull zipf
    """,
    "": """
    aiter anext delattr
    """,
    "str": """
    expandtabs format_map isascii isidentifier isprintable istitle swapcase
    """,
    "array": """
    argpartition base byteswap choose compress ctypes device dumps flags getfield mT
    partition put searchsorted setfield setflags strides to_device
    """,
    "Generator": """
    beta bytes chisquare dirichlet f gamma geometric gumbel hypergeometric logistic
    lognormal logseries multinomial multivariate_normal negative_binomial
    noncentral_chisquare noncentral_f pareto poisson power rayleigh standard_cauchy
    standard_gamma standard_t triangular vonmises wald weibull zipf
    """,
    "RandomState": """
    beta bytes chisquare dirichlet f gamma geometric gumbel hypergeometric laplace
    logistic lognormal logseries multinomial multivariate_normal negative_binomial
    noncentral_chisquare noncentral_f pareto poisson power rayleigh standard_cauchy
    standard_exponential standard_gamma standard_t tomaxint triangular vonmises wald
    weibull zipf
    """,
    "nn": """
    AdaptiveAvgPool3d AdaptiveMaxPool3d AvgPool3d Bilinear Buffer ChannelShuffle
    CircularPad1d CircularPad2d CircularPad3d ConstantPad2d ConstantPad3d Container
    ConvTranspose3d CosineEmbeddingLoss CosineSimilarity CrossMapLRN2d CTCLoss Dropout3d
    EmbeddingBag FeatureAlphaDropout Fold FractionalMaxPool2d FractionalMaxPool3d
    GaussianNLLLoss GLU GRUCell Hardshrink HingeEmbeddingLoss InstanceNorm2d InstanceNorm3d
    KLDivLoss LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d LazyConv2d LazyConv3d
    LazyConvTranspose1d LazyConvTranspose2d LazyConvTranspose3d LazyInstanceNorm1d
    LazyInstanceNorm2d LazyInstanceNorm3d LazyLinear LinearCrossEntropyLoss
    LocalResponseNorm LPPool1d LPPool2d LPPool3d LSTMCell MarginRankingLoss MaxPool3d
    MaxUnpool1d MaxUnpool2d MaxUnpool3d MultiLabelMarginLoss MultiLabelSoftMarginLoss
    MultiMarginLoss NLLLoss2d PairwiseDistance ParameterDict PixelShuffle PixelUnshuffle
    PoissonNLLLoss ReflectionPad2d ReflectionPad3d ReplicationPad1d ReplicationPad2d
    ReplicationPad3d RNNBase RNNCell RNNCellBase SoftMarginLoss Softmax2d Softmin Softshrink
    Tanhshrink TransformerDecoder TransformerDecoderLayer TripletMarginLoss
    UninitializedBuffer UninitializedParameter UpsamplingBilinear2d UpsamplingNearest2d
    ZeroPad2d ZeroPad3d
    """,
    "F": """
    adaptive_avg_pool2d adaptive_avg_pool3d adaptive_max_pool2d adaptive_max_pool3d
    affine_grid alpha_dropout assert_int_or_pair avg_pool3d bilinear boolean_dispatch celu
    channel_shuffle conv_tbc conv_transpose2d conv_transpose3d cosine_embedding_loss
    ctc_loss dropout1d dropout2d dropout3d embedding_bag feature_alpha_dropout fold
    fractional_max_pool2d fractional_max_pool3d gaussian_nll_loss glu grid_sample grouped_mm
    gumbel_softmax hardshrink hardsigmoid hardswish hinge_embedding_loss
    linear_cross_entropy local_response_norm lp_pool1d lp_pool2d lp_pool3d
    margin_ranking_loss max_pool1d_with_indices max_pool2d_with_indices max_pool3d
    max_pool3d_with_indices max_unpool1d max_unpool2d max_unpool3d mish multi_margin_loss
    multilabel_margin_loss native_channel_shuffle pairwise_distance pdist pixel_shuffle
    pixel_unshuffle poisson_nll_loss prelu rms_norm rrelu scaled_addmm scaled_grouped_mm
    scaled_mm selu soft_margin_loss softmin softshrink softsign tanhshrink threshold
    triplet_margin_loss upsample_bilinear upsample_nearest
    """,
    "torch": """
    acos acosh adaptive_avg_pool1d adaptive_max_pool1d addbmm addcdiv addcmul addmm addmv
    addr adjoint affine_grid_generator alpha_dropout aminmax angle arccos arccosh arcsin
    arcsinh arctan arctan2 arctanh argwhere as_strided as_strided_scatter asin asinh atan
    atan2 atanh atleast_1d atleast_2d atleast_3d avg_pool1d baddbmm batch_norm bcomplex32
    bilinear binomial bit bitwise_left_shift bitwise_right_shift bitwise_xor block_diag
    broadcast_shapes broadcast_tensors bucketize can_cast cartesian_prod cdist cdouble celu
    cfloat chain_matmul chalf channel_shuffle channels_last channels_last_3d cholesky
    cholesky_inverse cholesky_solve choose_qparams_optimized clamp_max clamp_min
    classproperty combinations compiled_with_cxx11_abi complex32 complex64 cond conj
    conj_physical constant_pad_nd contiguous_format conv1d conv3d conv_tbc conv_transpose1d
    conv_transpose2d conv_transpose3d convolution copysign corrcoef cosh
    cosine_embedding_loss cosine_similarity count_nonzero cov cross ctc_loss cummax cummin
    cumulative_trapezoid default_generator deg2rad diag diag_embed diagflat diagonal
    diagonal_scatter diff digamma dist dsmm dsplit dstack embedding embedding_bag
    empty_permuted empty_strided erf erfc erfinv feature_alpha_dropout feature_dropout fill
    finfo fliplr flipud float_power fmax fmin fork frexp frobenius_norm from_dlpack
    from_file frombuffer gcd geqrf gradient grid_sampler grid_sampler_2d grid_sampler_3d
    group_norm gru half hardshrink heaviside hinge_embedding_loss histogram histogramdd hsmm
    hsplit hspmm hypot i0 igamma igammac iinfo imag index_add index_fill index_put
    index_reduce init_num_threads initial_seed instance_norm int_repr isclose isin isneginf
    isposinf isreal jagged kl_div kron layer_norm layout lcm ldexp legacy_contiguous_format
    lerp lgamma lobpcg logaddexp logaddexp2 logcumsumexp logdet logical_xor logit logspace
    lstm lstsq lu lu_solve lu_unpack margin_ranking_loss masked_scatter matrix_exp
    matrix_power matrix_rank max_pool1d max_pool1d_with_indices max_pool2d max_pool3d
    memory_format mode msort multinomial mvlgamma nan_to_num nanmean nanmedian nanquantile
    nansum nextafter nonzero nonzero_static norm_except_dim not_equal nuclear_norm orgqr
    ormqr pairwise_distance pca_lowrank pdist pinverse pixel_shuffle pixel_unshuffle poisson
    poisson_nll_loss polygamma positive prelu preserve_format promote_types put qscheme
    rad2deg randint_like range ravel real renorm resolve_conj resolve_neg result_type
    rms_norm rnn_relu rnn_tanh rot90 rrelu rsub saddmm scatter_add scatter_reduce
    searchsorted segment_reduce select_scatter selu sgn signbit sinh slice_inverse
    slice_scatter slogdet smm solve split_with_sizes spmm sspaddmm strided svd_lowrank
    swapdims symeig take_along_dim thread_safe_generator threshold to_dlpack trace trapezoid
    trapz triangular_solve tril tril_indices triplet_margin_loss triu triu_indices typename
    unflatten unify_type_list unique_consecutive unravel_index vander vdot view_as_real vmap
    vsplit wait while_loop xlogy
    """,
    "tensor": """
    absolute acos acosh addbmm addcdiv addcmul addmm addmv addr adjoint amax amin aminmax
    angle arccos arccosh arcsin arcsinh arctan arctan2 arctanh argwhere as_strided
    as_strided_scatter as_subclass asin asinh atan atan2 atanh baddbmm bernoulli bincount
    bitwise_and bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift bitwise_xor
    bmm broadcast_to byte ccol_indices cdouble cfloat chalf char cholesky cholesky_inverse
    cholesky_solve chunk clamp_max clamp_min clip coalesce col_indices conj conj_physical
    const_data_ptr copysign corrcoef cosh count_nonzero cov crow_indices cummax cummin
    cumprod data_ptr deg2rad dense_dim dequantize det diag diag_embed diagflat diagonal
    diagonal_scatter diff digamma dim_order dist divide dot dsplit eig erf erfc erfinv exp2
    expand_as expm1 fix fliplr flipud float_power floor_divide fmax fmin fmod frac frexp
    gather gcd ge geqrf ger get_device grad_dtype greater greater_equal gt H hardshrink
    hash_tensor heaviside histc histogram hsplit hypot i0 igamma igammac imag index
    index_add index_copy index_fill index_put index_reduce index_select indices inner
    int_repr inverse ipu is_coalesced is_complex is_conj is_contiguous is_cpu is_cuda
    is_distributed is_floating_point is_inference is_ipu is_maia is_meta is_mkldnn is_mps
    is_mtia is_neg is_nested is_nonzero is_pinned is_quantized is_same_size is_set_to
    is_shared is_signed is_sparse is_sparse_csr is_vulkan is_xla is_xpu isclose isinf
    isneginf isposinf isreal istft kron kthvalue layout lcm ldexp le lerp less less_equal
    lgamma log1p logaddexp logaddexp2 logcumsumexp logdet logical_and logical_not logical_or
    logical_xor logit logsumexp lstsq lt lu lu_solve masked_scatter masked_select matrix_exp
    matrix_power mH mode module_load moveaxis movedim msort mT mtia multinomial multiply mv
    mvlgamma name nan_to_num nanmean nanmedian nanquantile nansum narrow narrow_copy nbytes
    ndim ndimension neg negative nelement new new_empty new_empty_strided new_full new_ones
    new_tensor new_zeros nextafter nonzero nonzero_static not_equal orgqr ormqr outer
    output_nr pin_memory pinverse polygamma positive prelu put q_per_channel_axis
    q_per_channel_scales q_per_channel_zero_points q_scale q_zero_point qr qscheme quantile
    rad2deg ravel real record_stream register_hook register_post_accumulate_grad_hook
    reinforce remainder renorm repeat_interleave requires_grad reshape_as resize resize_as
    resolve_conj resolve_neg retains_grad roll rot90 row_indices rsqrt scatter scatter_add
    scatter_reduce select select_scatter sgn signbit sinh slice_inverse slice_scatter
    slogdet smm solve sparse_dim sparse_mask split split_with_sizes sspaddmm stft storage
    storage_offset storage_type subtract sum_to_size svd swapaxes swapdims symeig take
    take_along_dim tensor_split tile to_dense to_mkldnn to_padded_tensor to_sparse
    to_sparse_bsc to_sparse_bsr to_sparse_coo to_sparse_csc to_sparse_csr trace
    triangular_solve tril triu true_divide trunc unbind unflatten unique unique_consecutive
    unsafe_chunk unsafe_split unsafe_split_with_sizes untyped_storage values vdot view_as
    volatile vsplit xlogy xpu
    """,
  ]
}
